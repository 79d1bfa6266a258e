package com.ibstream.clocksync.testing;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock that a {@link SimulatedServer} serves: the truth, and whatever a test does to it.
 * Setters hold from now on. NOT safe for threads.
 */
public final class ServedClock {

  private static final double PPM = 1e-6;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long HALF_SMEAR_NANOS = 12 * 3600 * NANOS_PER_SECOND;

  private final SimulatedTime time;
  private long errorNanos;
  private double driftPpm;
  private long driftsSinceNanos;
  private double swingNanos;
  private long swingPeriodNanos = 1;
  private long swingStartNanos;
  private boolean isSmearing;
  private long leapNanos;
  private long leapedBeforeNanos;

  ServedClock(SimulatedTime time) {
    this.time = time;
  }

  /**
   * Steps the clock. A drift goes on from here.
   *
   * @param nanos served time minus true time now
   * @return this clock
   */
  public ServedClock error(long nanos) {
    errorNanos = nanos;
    driftsSinceNanos = time.nowNanos();
    return this;
  }

  /**
   * Lets the clock drift away from where it is.
   *
   * @param ppm positive = served time gains on true time; zero leaves the error as it is then
   * @return this clock
   */
  public ServedClock driftPpm(double ppm) {
    error(errorNanos + driftedNanos(time.nowNanos()));
    driftPpm = ppm;
    return this;
  }

  /**
   * Lets the error swing as a sine that begins now, upwards, on top of the rest: a server that is
   * steered.
   *
   * @param amplitudeNanos greatest deviation; zero ends it
   * @param period of one swing
   * @return this clock
   */
  public ServedClock swing(long amplitudeNanos, Duration period) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period must be positive: " + period);
    }
    swingNanos = amplitudeNanos;
    swingPeriodNanos = period.toNanos();
    swingStartNanos = time.nowNanos();
    return this;
  }

  /**
   * Smears an inserted leap second, in equal parts from noon before to noon after. Tell the world
   * of it too, {@link SimulatedWorld#leapSecond}, or the clock is a second behind afterwards.
   *
   * @param midnight the midnight that comes a second late, ahead
   * @return this clock
   */
  public ServedClock smear(Instant midnight) {
    isSmearing = true;
    leapedBeforeNanos = time.leapedNanos();
    leapNanos = SimulatedWorld.epochNanos(midnight) + leapedBeforeNanos;
    return this;
  }

  /** What it shows at a moment of {@link SimulatedTime#nowNanos()}. */
  long epochNanos(long nowNanos) {
    long epochNanos = (isSmearing ? smeared(nowNanos) : nowNanos - time.leapedNanos()) + errorNanos;
    if (driftPpm != 0) {
      epochNanos += driftedNanos(nowNanos);
    }
    if (swingNanos != 0) {
      long inPeriodNanos = (nowNanos - swingStartNanos) % swingPeriodNanos;
      epochNanos +=
          Math.round(swingNanos * Math.sin(2 * Math.PI * inPeriodNanos / swingPeriodNanos));
    }
    return epochNanos;
  }

  private long driftedNanos(long nowNanos) {
    return Math.round((nowNanos - driftsSinceNanos) * (driftPpm * PPM));
  }

  /** The extra second is taken back bit by bit, over a day and the second itself. */
  private long smeared(long nowNanos) {
    long intoSmearNanos = nowNanos - (leapNanos - HALF_SMEAR_NANOS);
    double done = intoSmearNanos / (double) (2 * HALF_SMEAR_NANOS + NANOS_PER_SECOND);
    long smearedNanos = Math.round(Math.max(0, Math.min(1, done)) * NANOS_PER_SECOND);
    return nowNanos - leapedBeforeNanos - smearedNanos;
  }
}
