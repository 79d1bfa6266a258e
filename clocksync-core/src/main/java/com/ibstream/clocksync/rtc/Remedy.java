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
    if (!state.isBad() || state == State.STUCK || state == State.BACKWARDS) {
      return List.of(); // writing to a clock that does not run would look like help
    }
    List<String> commands = new ArrayList<>();
    if (comparison.filter(Remedy::isSystemClockRight).isEmpty()) {
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

  /** Known to be right: without trusted time nobody knows, and it may come from this very clock. */
  private static boolean isSystemClockRight(Comparison comparison) {
    return comparison
        .offset()
        .filter(
            offset ->
                Math.abs(offset.nanos() - comparison.systemMinusRtc().nanos())
                    <= SYSTEM_CLOCK_NANOS)
        .isPresent();
  }
}
