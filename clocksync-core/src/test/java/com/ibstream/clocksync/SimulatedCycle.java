package com.ibstream.clocksync;

import com.ibstream.clocksync.history.StatusRecorder;
import com.ibstream.clocksync.ntp.AddressBudgets;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.TrustedClock;
import java.util.Optional;

/**
 * The cycle of a monitor in a simulated world, wired as {@link ClockMonitor} does it, for tests
 * that take its outlets themselves or choose its looks. NOT safe for threads.
 *
 * @param cycle has done its first turn
 * @param clock what it publishes to
 */
record SimulatedCycle(MonitorCycle cycle, TrustedClock clock) {

  /** Between looks that are there only because a vote or the test wants them. */
  static final long NO_LOOKS_NANOS = Long.MAX_VALUE / 4;

  private static final int STARTING_BURST = 4;

  /**
   * Starts a cycle.
   *
   * @param world where it lives
   * @param config which servers, which limits
   * @param lookIntervalNanos the time between two looks at the own clocks
   * @param recorder is handed every status, the first one before this returns
   */
  static SimulatedCycle start(
      SimulatedWorld world,
      ClockMonitorConfig config,
      long lookIntervalNanos,
      StatusRecorder recorder) {
    return start(world, world.seams(), config, lookIntervalNanos, recorder);
  }

  /** The same with seams that differ from the world's. */
  static SimulatedCycle start(
      SimulatedWorld world,
      Seams seams,
      ClockMonitorConfig config,
      long lookIntervalNanos,
      StatusRecorder recorder) {
    LinePublisher publisher =
        new LinePublisher(
            world, config.isInReadCheck() ? Optional.of(seams.wallClock()) : Optional.empty());
    MonitorCycle cycle =
        new MonitorCycle(
            config,
            seams,
            (clocks, wake) ->
                new SourcePool(
                    config, seams, new AddressBudgets(), STARTING_BURST, true, clocks, wake),
            publisher,
            new MonitorCycle.Pace(config.driftWindowNanos(), lookIntervalNanos),
            new Outlets(recorder, event -> {}));
    cycle.run();
    return new SimulatedCycle(cycle, publisher.clock());
  }
}
