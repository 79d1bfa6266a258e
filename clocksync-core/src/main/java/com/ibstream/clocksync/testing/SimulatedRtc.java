package com.ibstream.clocksync.testing;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A hardware clock with known truth: a quartz with a rate of its own that wanders with the
 * temperature, set by whoever sets it, and fed by a battery while power is off. Everything follows
 * from the seed. NOT safe for threads; time must not go back.
 *
 * <p>A model, no measurement. Wander is a daily wave of up to 3 ppm and three slower ones of up to
 * 2 ppm. Without power the quartz is colder and loses up to 30 ppm more (0.035 ppm per square
 * kelvin). A lithium cell holds its voltage for nine tenths of its life; in the last tenth the
 * share of time that the clock loses without power grows from a hundred-thousandth to all of it,
 * each tenth of that span as much as by the factor 3.2; after that the clock begins anew at
 * 2000-01-01.
 */
public final class SimulatedRtc {

  /** What a clock shows that was without any power, nanoseconds since 1970. */
  public static final long RESET_EPOCH_NANOS = 946_684_800_000_000_000L;

  private static final double DAY_NANOS = TimeUnit.DAYS.toNanos(1);
  private static final double MOST_COLD_PPM = 30;
  private static final double SOUND_SHARE = 0.9;
  private static final double LEAST_EXPONENT = -5;

  private final double ratePpm;
  private final double[] waveNanos = new double[4];
  private final double[] wavePpm = new double[4];
  private final double[] wavePhase = new double[4];
  private final double coldPpm;
  private long anchorTrueNanos;
  private long anchorRtcNanos;
  private long batterySinceNanos;
  private double batteryLifeNanos = Double.POSITIVE_INFINITY;

  /**
   * A clock that is right, with a battery that lasts for ever.
   *
   * @param seed of its wander
   * @param ratePpm its own rate; positive = it loses time
   * @param trueEpochNanos the present, nanoseconds since 1970
   */
  public SimulatedRtc(long seed, double ratePpm, long trueEpochNanos) {
    SplittableRandom random = new SplittableRandom(seed);
    this.ratePpm = ratePpm;
    for (int i = 0; i < waveNanos.length; i++) {
      waveNanos[i] = i == 0 ? DAY_NANOS : DAY_NANOS * random.nextDouble(2, 40);
      wavePpm[i] = random.nextDouble(0, i == 0 ? 3 : 2);
      wavePhase[i] = random.nextDouble(0, 2 * Math.PI);
    }
    coldPpm = random.nextDouble(0, MOST_COLD_PPM);
    set(trueEpochNanos, trueEpochNanos);
  }

  /**
   * Sets the clock.
   *
   * @param trueEpochNanos when
   * @param rtcEpochNanos to what
   */
  public void set(long trueEpochNanos, long rtcEpochNanos) {
    anchorTrueNanos = trueEpochNanos;
    anchorRtcNanos = rtcEpochNanos;
  }

  /**
   * Puts a new cell in.
   *
   * @param trueEpochNanos when
   * @param lifeNanos how long it lasts
   */
  public void battery(long trueEpochNanos, double lifeNanos) {
    batterySinceNanos = trueEpochNanos;
    batteryLifeNanos = lifeNanos;
  }

  /**
   * What the clock holds, with power since it was set or since power came back.
   *
   * @param trueEpochNanos when
   * @return nanoseconds since 1970
   */
  public long epochNanosAt(long trueEpochNanos) {
    double passed = trueEpochNanos - anchorTrueNanos;
    double lost = passed * meanDriftRatePpm(anchorTrueNanos, trueEpochNanos) / 1e6;
    return anchorRtcNanos + (trueEpochNanos - anchorTrueNanos) - Math.round(lost);
  }

  /**
   * What the clock shows.
   *
   * @param trueEpochNanos when
   * @return whole seconds since 1970
   */
  public long epochSecondsAt(long trueEpochNanos) {
    return Math.floorDiv(epochNanosAt(trueEpochNanos), 1_000_000_000L);
  }

  /**
   * The truth about its rate, with power.
   *
   * @param fromEpochNanos the beginning of a span
   * @param toEpochNanos its end
   * @return the mean over the span, parts per million; positive = it loses time
   */
  public double meanDriftRatePpm(long fromEpochNanos, long toEpochNanos) {
    double mean = ratePpm;
    for (int i = 0; i < waveNanos.length; i++) {
      double from = 2 * Math.PI * (fromEpochNanos % waveNanos[i]) / waveNanos[i] + wavePhase[i];
      double span = 2 * Math.PI * (toEpochNanos - fromEpochNanos) / waveNanos[i];
      mean +=
          wavePpm[i]
              * (Math.abs(span) < 1e-6
                  ? Math.sin(from)
                  : (Math.cos(from) - Math.cos(from + span)) / span);
    }
    return mean;
  }

  /**
   * The power goes, and comes back: meanwhile only the battery feeds the clock.
   *
   * @param fromEpochNanos when it goes
   * @param toEpochNanos when it comes back
   */
  public void powerOff(long fromEpochNanos, long toEpochNanos) {
    double passed = toEpochNanos - fromEpochNanos;
    double share = lostShareAt(toEpochNanos);
    long before = epochNanosAt(fromEpochNanos);
    if (share >= 1) {
      set(toEpochNanos, RESET_EPOCH_NANOS);
      return;
    }
    double driftPpm = meanDriftRatePpm(fromEpochNanos, toEpochNanos) + coldPpm;
    set(toEpochNanos, before + Math.round(passed * (1 - driftPpm / 1e6) * (1 - share)));
  }

  /**
   * The truth about its battery: the share of time that the clock loses without power.
   *
   * @param trueEpochNanos when
   * @return 0 for a sound one, 1 for a dead one
   */
  public double lostShareAt(long trueEpochNanos) {
    double age = (trueEpochNanos - batterySinceNanos) / batteryLifeNanos;
    if (age < SOUND_SHARE) {
      return 0;
    }
    double worn = (age - SOUND_SHARE) / (1 - SOUND_SHARE);
    return Math.min(1, Math.pow(10, LEAST_EXPONENT * (1 - worn)));
  }
}
