package com.ibstream.clocksync.testing;

import java.util.List;
import java.util.Optional;

/**
 * What a simulated host tells of its hardware clock: the files of the kernel and of hwclock, and
 * what timedatectl and the journal say. NOT safe for threads.
 */
final class SimulatedRtcFiles {

  private static final String FOLDER = "/sys/class/rtc/rtc0/";

  private final SimulatedWorld world;
  private long bootEpochSeconds;
  private long bootMonoNanos;
  private SimulatedRtc rtc;
  private String keeping = "UTC";
  private String zone = "Etc/UTC";
  private boolean isPresent = true;

  SimulatedRtcFiles(SimulatedWorld world) {
    this.world = world;
    rtc = new SimulatedRtc(1, 20, world.trueEpochNanos());
    boot();
  }

  /** The kernel begins, and sets the system clock by what the hardware clock shows now. */
  void boot() {
    bootEpochSeconds = rtc.epochSecondsAt(world.trueEpochNanos());
    bootMonoNanos = world.monoNanos();
  }

  SimulatedRtc rtc() {
    return rtc;
  }

  void rtc(SimulatedRtc newRtc) {
    rtc = newRtc;
  }

  void remove() {
    isPresent = false;
  }

  void keeping(String newKeeping) {
    keeping = newKeeping;
  }

  void zone(String newZone) {
    zone = newZone;
  }

  /** Sets the clock as hwclock does, from the system clock. */
  void setFromSystemClock() {
    rtc.set(world.trueEpochNanos(), world.wallClock().epochNanos());
  }

  /** UTC minus RTC. */
  long offsetNanos() {
    return world.trueEpochNanos() - rtc.epochNanosAt(world.trueEpochNanos());
  }

  Optional<String> file(String path) {
    if (path.equals("/etc/adjtime")) {
      return Optional.of("0.0 0 0.0\n0\n" + keeping + "\n");
    }
    if (!isPresent || !path.startsWith(FOLDER)) {
      return Optional.empty();
    }
    return switch (path.substring(FOLDER.length())) {
      case "since_epoch" -> Optional.of(rtc.epochSecondsAt(world.trueEpochNanos()) + "\n");
      case "hctosys" -> Optional.of("1\n");
      case "name" -> Optional.of("rtc_cmos 00:03\n");
      default -> Optional.empty();
    };
  }

  /** What a command that only asks says; empty if it does not only ask. */
  Optional<String> answer(String tool, List<String> arguments) {
    if (tool.equals("timedatectl") && arguments.contains("show")) {
      return Optional.of(
          "Timezone=" + zone + "\nLocalRTC=" + (keeping.equals("LOCAL") ? "yes" : "no") + "\n");
    }
    if (tool.equals("journalctl")) {
      return Optional.of(arguments.contains("--dmesg") ? bootMessage() : "");
    }
    return Optional.empty();
  }

  private String bootMessage() {
    return String.format(
        "{\"_SOURCE_MONOTONIC_TIMESTAMP\":\"%d\",\"MESSAGE\":\"rtc_cmos 00:03: setting system clock"
            + " to then UTC (%d)\"}%n",
        Math.floorDiv(bootMonoNanos, 1_000), bootEpochSeconds);
  }
}
