package com.ibstream.clocksync.watch;

import com.google.common.collect.ImmutableList;
import com.ibstream.clocksync.seam.HostFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How this process may change the host. */
public enum Privilege {
  /** It is root. */
  ROOT(ImmutableList.of()),
  /** Through sudo, which must not ask for a password. */
  SUDO(ImmutableList.of("/usr/bin/sudo", "-n")),
  /** By itself: the tools ask polkit, or it has the capabilities. */
  DIRECT(ImmutableList.of());

  /** Where a process is told about itself; not on every system. */
  static final Path PROCESS = Path.of("/proc/self/status");

  private static final Pattern UIDS = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d{1,9})\\s");

  private final ImmutableList<String> prefix;

  Privilege(ImmutableList<String> prefix) {
    this.prefix = prefix;
  }

  /**
   * What this process has.
   *
   * @param files of the host
   * @param otherwise what is configured for an ordinary user
   * @return {@link #ROOT} if it is root beyond doubt
   */
  public static Privilege of(HostFiles files, Privilege otherwise) {
    OptionalInt uid = effectiveUid(files.read(PROCESS).text());
    return uid.isPresent() && uid.getAsInt() == 0 ? ROOT : otherwise;
  }

  /** Whom a process acts as, by what its {@link #PROCESS} says. */
  static OptionalInt effectiveUid(String status) {
    Matcher uids = UIDS.matcher(status);
    return uids.find() ? OptionalInt.of(Integer.parseInt(uids.group(1))) : OptionalInt.empty();
  }

  List<String> command(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }
}
