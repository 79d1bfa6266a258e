package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.RtcFacts.Comparison;
import com.ibstream.clocksync.facts.RtcFacts.Device;
import com.ibstream.clocksync.facts.RtcFacts.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The exact commands that mend a hardware clock, for people. */
final class Remedy {

  /** What hwclock takes without being told. */
  private static final String FIRST = "rtc0";

  /** Writing a wrong system clock to the hardware clock would make things worse. */
  private static final long SYSTEM_CLOCK_NANOS = 1_000_000_000L;

  private Remedy() {}

  static List<String> of(State state, Device device, Optional<Comparison> comparison) {
    if (!state.isBad()) {
      return List.of();
    }
    List<String> commands = new ArrayList<>();
    if (comparison.filter(Remedy::isSystemClockWrong).isPresent()) {
      commands.add("clocksync sync-time");
    }
    if (state == State.LOCAL_TIME) {
      commands.add("sudo timedatectl set-local-rtc 0");
    }
    commands.add(
        "sudo hwclock --systohc --utc"
            + (device.name().equals(FIRST) ? "" : " --rtc=/dev/" + device.name()));
    return commands;
  }

  private static boolean isSystemClockWrong(Comparison comparison) {
    return comparison
        .offset()
        .filter(
            offset ->
                Math.abs(offset.nanos() - comparison.systemMinusRtc().nanos()) > SYSTEM_CLOCK_NANOS)
        .isPresent();
  }
}
