package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.HostFiles;
import com.ibstream.clocksync.seam.HostFiles.FileContent.Outcome;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What systemd says of the zone of this host, which need not be that of this process, and of the
 * zone of its hardware clock.
 *
 * @param zone the host's zone; empty if nobody tells
 * @param isRtcLocal whether systemd takes the hardware clock for local time; empty if it does not
 *     say
 */
record HostZoneAnswer(Optional<ZoneId> zone, Optional<Boolean> isRtcLocal) {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Path TIMEZONE = Path.of("/etc/timezone");

  private static final List<String> COMMAND =
      List.of("/usr/bin/timedatectl", "show", "--property=Timezone", "--property=LocalRTC");

  /** Asks systemd, and a file where it does not answer. Blocks for up to five seconds. */
  static HostZoneAnswer ask(CommandRunner commands, HostFiles files) {
    CommandResult result = commands.run(COMMAND, LIMIT);
    String said = result.outcome() == CommandResult.Outcome.EXITED ? result.output() : "";
    Optional<ZoneId> zone =
        value(said, "Timezone=")
            .flatMap(HostZoneAnswer::zone)
            .or(
                () ->
                    Optional.of(files.read(TIMEZONE))
                        .filter(content -> content.outcome() == Outcome.READ)
                        .flatMap(content -> zone(content.text().strip())));
    Optional<Boolean> isLocal =
        value(said, "LocalRTC=")
            .filter(word -> word.equals("yes") || word.equals("no"))
            .map(word -> word.equals("yes"));
    return new HostZoneAnswer(zone, isLocal);
  }

  private static Optional<String> value(String said, String key) {
    return said.lines()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .map(line -> line.substring(key.length()).strip());
  }

  private static Optional<ZoneId> zone(String name) {
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
