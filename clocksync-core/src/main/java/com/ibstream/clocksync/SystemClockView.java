package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.system.Bracket;
import com.ibstream.clocksync.system.SystemClockWatch;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.verdict.Explanation;
import java.util.List;
import java.util.Optional;

/** The system clock as the latest look and the latest vote show it. Monitor thread only. */
final class SystemClockView {

  private final SystemClockWatch watch;
  private final CauseFinder causeFinder;
  private Optional<SystemClockFacts> facts = Optional.empty();
  private List<Explanation> causes = List.of();

  SystemClockView(ClockMonitorConfig config, CauseFinder causeFinder) {
    this.watch = new SystemClockWatch(config.driftWindowNanos(), config.toleranceNanos());
    this.causeFinder = causeFinder;
  }

  /** Compares the two, unless neither is new. */
  void judge(OwnClocks.Look look, LineProposal estimate, boolean isTrusted, boolean isNews) {
    Bracket wall = look.wall();
    boolean isSeen =
        facts.filter(before -> before.measuredMonoNanos() == wall.monoNanos()).isPresent();
    if (isNews || !isSeen) {
      SystemClockFacts now = watch.observe(wall, estimate, isTrusted, !isSeen, look.kernel());
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
