package com.ibstream.clocksync.examples.accuracy;

import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.DriftProbe;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What {@link DriftProbe} finds, one measurement a round. The system clock is the truth here, so
 * that the right offset is always zero. NOT safe for threads.
 */
final class OurMeasurements implements AutoCloseable {

  /** Exchanges with each server in one measurement. */
  static final int SAMPLES_PER_SERVER = 8;

  private final DriftProbe probe;
  private final Magnitudes errors = new Magnitudes();
  private final Magnitudes bounds = new Magnitudes();
  private int coveredCount;
  private int untrustedCount;

  private OurMeasurements(DriftProbe probe) {
    this.probe = probe;
  }

  /**
   * Opens a probe for these servers and is otherwise configured like everybody's.
   *
   * @param servers whom to ask
   * @return with nothing measured yet
   */
  static OurMeasurements of(List<InetSocketAddress> servers) {
    List<String> names =
        servers.stream().map(s -> s.getAddress().getHostAddress() + ":" + s.getPort()).toList();
    return new OurMeasurements(
        DriftProbe.open(ClockMonitorConfig.builder().servers(names).build()));
  }

  /**
   * Measures once.
   *
   * @param isCounted false while warming up
   * @throws InterruptedException if the thread was interrupted
   */
  void measure(boolean isCounted) throws InterruptedException {
    ClockStatus status = probe.measure(SAMPLES_PER_SERVER, (doneCount, totalCount) -> {});
    if (!isCounted) {
      return;
    }
    if (!status.isSafeToStamp() || status.systemClock().isEmpty()) {
      untrustedCount++;
      return;
    }
    SystemClockFacts found = status.systemClock().orElseThrow();
    errors.add(found.offsetNanos());
    bounds.add(found.errorBoundNanos());
    if (Math.abs(found.offsetNanos()) <= found.errorBoundNanos()
        && found.earliestOffsetNanos() <= 0
        && found.latestOffsetNanos() >= 0) {
      coveredCount++;
    }
  }

  /** How far off the trusted results were. */
  Magnitudes errors() {
    return errors;
  }

  /** The bounds that came with them, as claimed. */
  Magnitudes bounds() {
    return bounds;
  }

  /** How many of the trusted results had the truth within their bound. */
  int coveredCount() {
    return coveredCount;
  }

  /** How many measurements ended without a trusted result. */
  int untrustedCount() {
    return untrustedCount;
  }

  @Override
  public void close() {
    probe.close();
  }
}
