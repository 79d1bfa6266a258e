package com.ibstream.clocksync.testing;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * A quartz against the truth: a constant skew, steps of the frequency, a frequency that wanders at
 * random, and a daily swing with the temperature. Right and steady until it is told otherwise.
 *
 * <p>It is evaluated only when somebody looks, in one step however long that took, with exactly the
 * distribution that many small steps would have. Whole nanoseconds are counted in a {@code long}
 * and only the remainder in a {@code double}, so that years do not cost precision. Positive = the
 * quartz gains time. Setters hold from now on; it never jumps. NOT safe for threads.
 */
public final class SimulatedOscillator {

  /** The greatest frequency error that can be set in one go; beyond that it is no clock. */
  public static final double MAX_PPM = 200_000;

  private static final double PPM = 1e-6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double HALF_OF_WANDER_IN_PHASE = 0.5;

  /** So that the phase has variance q dt³ / 3 and correlation √3 / 2 to the frequency. */
  private static final double REST_OF_WANDER_IN_PHASE = 0.5 / Math.sqrt(3);

  private final SplittableRandom random;
  private final LongSupplier trueNanos;
  private final long startNanos;
  private long seenNanos;
  private long errorNanos;
  private double remainderNanos;
  private double skew;
  private double stepped;
  private double wandered;
  private double wanderPerRootSecond;
  private double swing;
  private long swingPeriodNanos = 1;
  private long swingStartNanos;
  private double swingCosine;
  private int revision;

  /**
   * A right and steady quartz that starts now.
   *
   * @param seed makes its wander repeatable
   * @param trueNanos true time, of any origin; must not run backwards
   */
  public SimulatedOscillator(long seed, LongSupplier trueNanos) {
    this.random = new SplittableRandom(seed);
    this.trueNanos = trueNanos;
    this.startNanos = trueNanos.getAsLong();
    this.seenNanos = startNanos;
  }

  /**
   * Sets the constant part of the frequency error.
   *
   * @param ppm positive = gains time; at most {@link #MAX_PPM} in size
   * @return this oscillator
   */
  public SimulatedOscillator skewPpm(double ppm) {
    catchUp();
    skew = inRange(ppm) * PPM;
    revision++;
    return this;
  }

  /**
   * Changes the frequency at once, as a draught or a load on the processor does.
   *
   * @param ppm added to the frequency; positive = gains more time than before
   * @return this oscillator
   */
  public SimulatedOscillator stepPpm(double ppm) {
    catchUp();
    stepped += inRange(ppm) * PPM;
    revision++;
    return this;
  }

  /**
   * Lets the frequency wander at random (a random walk). Zero ends it; the frequency then stays
   * where it is.
   *
   * @param perRootSecond standard deviation of the change in one second, a pure number, not ppm;
   *     after t seconds it is {@code perRootSecond * sqrt(t)}. A cheap quartz has about 1e-9
   * @return this oscillator
   */
  public SimulatedOscillator wander(double perRootSecond) {
    if (!(perRootSecond >= 0 && perRootSecond <= 1e-3)) {
      throw new IllegalArgumentException("perRootSecond must be in [0, 1e-3]: " + perRootSecond);
    }
    catchUp();
    wanderPerRootSecond = perRootSecond;
    revision++;
    return this;
  }

  /**
   * Lets the frequency swing with the temperature as a sine that begins now, upwards. It replaces
   * the swing before it; zero ends it.
   *
   * @param amplitudePpm greatest deviation from the mean
   * @param period of one swing, for example a day
   * @return this oscillator
   */
  public SimulatedOscillator swing(double amplitudePpm, Duration period) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period must be positive: " + period);
    }
    catchUp();
    swing = inRange(amplitudePpm) * PPM;
    swingPeriodNanos = period.toNanos();
    swingStartNanos = seenNanos;
    swingCosine = 1;
    revision++;
    return this;
  }

  private static double inRange(double ppm) {
    if (!(Math.abs(ppm) <= MAX_PPM)) {
      throw new IllegalArgumentException("|ppm| must be at most " + MAX_PPM + ": " + ppm);
    }
    return ppm;
  }

  /**
   * What it counts.
   *
   * @return nanoseconds since it was made, right ones and wrong ones
   */
  public long nanos() {
    catchUp();
    return seenNanos - startNanos + errorNanos;
  }

  /**
   * How far off it is.
   *
   * @return {@link #nanos()} minus true nanoseconds since it was made; positive = has gained time
   */
  public long errorNanos() {
    catchUp();
    return errorNanos;
  }

  /**
   * How far off it is, in full precision.
   *
   * @return as {@link #errorNanos()}, with the fraction; good to a small part of a nanosecond while
   *     the error is below some days
   */
  public double exactErrorNanos() {
    catchUp();
    return errorNanos + remainderNanos;
  }

  /**
   * The present frequency error: skew, steps, wander and swing.
   *
   * @return positive = gains time
   */
  public double frequencyPpm() {
    catchUp();
    return frequency() / PPM;
  }

  /** The present frequency error, a pure number, as of the last look. */
  double frequency() {
    double frequency = skew + stepped + wandered;
    return swing == 0 ? frequency : frequency + swing * Math.sin(swingAngle());
  }

  /** Whether the frequency stays as it is until the next setting. */
  boolean isSteady() {
    return wanderPerRootSecond == 0 && swing == 0;
  }

  /** Grows with each setting. */
  int revision() {
    return revision;
  }

  private double swingAngle() {
    long inPeriodNanos = (seenNanos - swingStartNanos) % swingPeriodNanos;
    return 2 * Math.PI * inPeriodNanos / swingPeriodNanos;
  }

  private void catchUp() {
    long nowNanos = trueNanos.getAsLong();
    long passedNanos = nowNanos - seenNanos;
    if (passedNanos <= 0) {
      return;
    }
    seenNanos = nowNanos;
    double gained = remainderNanos + passedNanos * (skew + stepped + wandered);
    if (wanderPerRootSecond != 0) {
      double seconds = passedNanos / NANOS_PER_SECOND;
      double sigma = wanderPerRootSecond * Math.sqrt(seconds);
      double first = random.nextGaussian();
      double second = random.nextGaussian();
      gained +=
          sigma
              * passedNanos
              * (HALF_OF_WANDER_IN_PHASE * first + REST_OF_WANDER_IN_PHASE * second);
      wandered += sigma * first;
    }
    if (swing != 0) {
      double cosine = Math.cos(swingAngle());
      gained += swing * swingPeriodNanos / (2 * Math.PI) * (swingCosine - cosine);
      swingCosine = cosine;
    }
    long whole = (long) Math.rint(gained);
    errorNanos += whole;
    remainderNanos = gained - whole;
  }
}
