package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.system.Bracket;
import com.ibstream.clocksync.system.SystemClockWatch;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.verdict.Explanation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The system clock as the latest look and the latest vote show it. Monitor thread only. */
final class SystemClockView {

  private final SystemClockWatch watch;
  private final CauseFinder causeFinder;
  private Optional<SystemClockFacts> facts = Optional.empty();
  private OptionalLong seenMonoNanos = OptionalLong.empty();
  private List<Explanation> causes = List.of();

  SystemClockView(ClockMonitorConfig config, CauseFinder causeFinder) {
    this.watch = new SystemClockWatch(config.driftWindowNanos(), config.toleranceNanos());
    this.causeFinder = causeFinder;
  }

  /**
   * Compares the two, unless neither is new. Without trust nothing is said: it may be the trusted
   * clock that is wrong.
   */
  void judge(OwnClocks.Look look, LineProposal estimate, boolean isTrusted, boolean isNews) {
    Bracket wall = look.wall();
    if (!isTrusted) {
      facts = Optional.empty();
      causes = List.of();
      return;
    }
    boolean isSeen = seenMonoNanos.equals(OptionalLong.of(wall.monoNanos()));
    if (isNews || !isSeen || facts.isEmpty()) {
      seenMonoNanos = OptionalLong.of(wall.monoNanos());
      SystemClockFacts now = watch.observe(wall, estimate, !isSeen, look.kernel());
      facts = Optional.of(now);
      causes = causeFinder.ofOffset(now, look.kernel());
    }
  }

  Optional<SystemClockFacts> facts() {
    return facts;
  }

  List<Explanation> causes() {
    return causes;
  }
}
