package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.history.StatusRecorder;
import com.ibstream.clocksync.ntp.AddressBudgets;
import com.ibstream.clocksync.ntp.NtpSource;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.concurrent.TimeUnit;

/**
 * Measures once, for a command line or a check before the open: so many exchanges with each server,
 * then the result.
 *
 * <p>Measurements of one probe are independent of each other, but share the budget of every
 * address: public servers are never asked more often than good manners allow, however often this is
 * called. NOT safe for threads.
 */
public final class DriftProbe implements AutoCloseable {

  /** The greatest number of exchanges with each address in one measurement. */
  public static final int MAX_SAMPLES = NtpSource.SAMPLES_KEPT;

  private static final long STEP_MILLIS = 10;
  private static final long LOOKUPS_NANOS = 20_000_000_000L;

  /** A monitor turns at least once in a look interval, which is 5 s at the most. */
  private static final long GIVE_UP_NANOS = 6_000_000_000L;

  private final ClockMonitorConfig config;
  private final AddressBudgets budgets = new AddressBudgets();

  private DriftProbe(ClockMonitorConfig config) {
    this.config = config;
  }

  /** Is told how far a measurement is. */
  @FunctionalInterface
  public interface Progress {

    /**
     * Some exchanges have ended.
     *
     * @param doneCount exchanges that ended, well or not
     * @param totalCount exchanges that will have been tried
     */
    void update(int doneCount, int totalCount);
  }

  /**
   * Opens a probe; asks nobody yet.
   *
   * @param config which servers, which limits
   * @return the probe
   */
  public static DriftProbe open(ClockMonitorConfig config) {
    return new DriftProbe(config);
  }

  /**
   * Measures. Blocks until every server has been asked so often, or cannot be.
   *
   * @param samplesPerServer exchanges with each address, 1 to {@value #MAX_SAMPLES}
   * @param progress told now and then, on the caller's thread
   * @return what was found; a failure of the world is in its sources
   * @throws InterruptedException if the thread was interrupted
   */
  public ClockStatus measure(int samplesPerServer, Progress progress) throws InterruptedException {
    if (samplesPerServer < 1 || samplesPerServer > MAX_SAMPLES) {
      throw new IllegalArgumentException(
          "samples must be 1 to " + MAX_SAMPLES + ": " + samplesPerServer);
    }
    try (HostSeams host = new HostSeams()) {
      Seams seams = host.seams();
      MonitorCycle cycle =
          new MonitorCycle(
              config,
              seams,
              (clocks, wake) ->
                  new SourcePool(config, seams, budgets, samplesPerServer, false, clocks, wake),
              new LinePublisher(seams.ruler()),
              new MonitorCycle.Pace(Long.MAX_VALUE, config.lookIntervalNanos()),
              new Outlets(StatusRecorder.NONE, event -> {}));
      seams.scheduler().schedule(seams.ruler().monoNanos(), cycle::run);
      host.start(cycle::run);
      long deadlineMonoNanos = seams.ruler().monoNanos() + longestNanos(samplesPerServer);
      PoolTally tally = cycle.tally();
      while (tally.doneCount(samplesPerServer) < tally.totalCount(samplesPerServer)) {
        progress.update(tally.doneCount(samplesPerServer), tally.totalCount(samplesPerServer));
        TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        if (seams.ruler().monoNanos() - deadlineMonoNanos > 0) {
          throw new IllegalStateException(
              "the measurement did not end in the time that all its exchanges may take");
        }
        tally = cycle.tally();
      }
      progress.update(tally.doneCount(samplesPerServer), tally.totalCount(samplesPerServer));
      ClockStatus status = settled(cycle, seams.ruler());
      // A line of an earlier exchange does not count if the last vote failed.
      return status.consensus() == Consensus.NONE
          ? status.untrusted(TrustReason.NO_CONSENSUS)
          : status;
    }
  }

  /** The status of a turn at which the line of the last vote is in force. */
  private static ClockStatus settled(MonitorCycle cycle, Ruler ruler) throws InterruptedException {
    long settledMonoNanos = ruler.monoNanos() + LinePublisher.SETTLING_NANOS;
    long giveUpMonoNanos = settledMonoNanos + GIVE_UP_NANOS;
    while (cycle.status().asOfMonoNanos() - settledMonoNanos < 0
        && ruler.monoNanos() - giveUpMonoNanos < 0) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    if (cycle.status().asOfMonoNanos() - settledMonoNanos < 0) {
      throw new IllegalStateException("the measurement does not go on");
    }
    return cycle.status();
  }

  /**
   * The lookups, and for each sample a time-out and the longest distance that manners ask for,
   * twice.
   */
  private long longestNanos(int samplesPerServer) {
    return LOOKUPS_NANOS
        + 2L * samplesPerServer * (config.timeoutNanos() + AddressBudgets.PUBLIC_EARNING_NANOS);
  }

  /** Forgets the budgets; nothing is left running in any case. */
  @Override
  public void close() {
    // Every measurement ends its own threads and sockets.
  }
}
