package com.ibstream.clocksync;

import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.HostClockEvent;
import java.util.ArrayList;
import java.util.List;

/** Stamps that were wrong, until the monitor withdraws them. */
final class WrongStamps {

  private final List<Long> epochNanos = new ArrayList<>();

  void add(long wrongEpochNanos) {
    epochNanos.add(wrongEpochNanos);
  }

  void hear(List<ClockEvent> events) {
    for (ClockEvent event : events) {
      if (event instanceof HostClockEvent.StampsWithdrawn span) {
        epochNanos.removeIf(
            stamp -> span.fromEpochNanos() <= stamp && stamp <= span.untilEpochNanos());
      }
    }
  }

  /** Those that nobody has withdrawn by now; none of them is asked for again. */
  int takeKept() {
    int count = epochNanos.size();
    epochNanos.clear();
    return count;
  }
}
