package com.ibstream.clocksync.watch;

import com.ibstream.clocksync.seam.HostFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells this boot of the host from all others. */
public final class BootId {

  private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  private BootId() {}

  /**
   * The kernel's own name of this boot.
   *
   * @param files of the host
   * @return empty if it tells none
   */
  public static Optional<String> of(HostFiles files) {
    String id = files.read(FILE).text().strip();
    return ID.matcher(id).matches() ? Optional.of(id) : Optional.empty();
  }
}
