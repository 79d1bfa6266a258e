package com.ibstream.clocksync.testing;

import java.util.SplittableRandom;

/**
 * The way to a server and back. Each packet takes the least delay, plus a random one with an
 * exponential distribution, plus now and then a much longer one. Reordering follows from that. 5 ms
 * each way and quiet until it is told otherwise; setters may be called at any simulated time and
 * hold for packets that set out later. Several servers may share one path. NOT safe for threads.
 */
public final class SimulatedPath {

  private static final long USUAL_NANOS = 5_000_000;

  private long thereNanos = USUAL_NANOS;
  private long backNanos = USUAL_NANOS;
  private double thereJitterNanos;
  private double backJitterNanos;
  private double tailProbability;
  private double tailScaleNanos;
  private double tailExponent = -1;
  private double tailCapNanos;
  private double lossThere;
  private double lossBack;
  private double duplication;
  private boolean isSilent;

  /** A path of 5 ms each way. */
  public SimulatedPath() {}

  /**
   * Sets the least delays.
   *
   * @param newThereNanos of a request, not negative
   * @param newBackNanos of an answer, not negative
   * @return this path
   */
  public SimulatedPath delay(long newThereNanos, long newBackNanos) {
    thereNanos = (long) notNegative((double) newThereNanos);
    backNanos = (long) notNegative((double) newBackNanos);
    return this;
  }

  /**
   * Sets the ordinary delay on top.
   *
   * @param newThereNanos mean of the exponential distribution for a request
   * @param newBackNanos the same for an answer
   * @return this path
   */
  public SimulatedPath jitter(double newThereNanos, double newBackNanos) {
    thereJitterNanos = notNegative(newThereNanos);
    backJitterNanos = notNegative(newBackNanos);
    return this;
  }

  /**
   * Sets the rare long delay on top, {@code scale * U^(-1/shape)} with U uniform in (0, 1]: a
   * Pareto distribution whose least value is {@code scaleNanos}, cut at {@code capNanos}. A crowded
   * line has for example (0.1, 5e6, 1.5, 500e6).
   *
   * @param probability that a packet meets it, each way, 0 to 1
   * @param scaleNanos its least value
   * @param shape greater than zero; the smaller, the heavier
   * @param capNanos its greatest value
   * @return this path
   */
  public SimulatedPath heavyTail(
      double probability, double scaleNanos, double shape, double capNanos) {
    if (!(shape > 0)) {
      throw new IllegalArgumentException("shape must be positive: " + shape);
    }
    tailProbability = probability(probability);
    tailScaleNanos = notNegative(scaleNanos);
    tailExponent = -1 / shape;
    tailCapNanos = notNegative(capNanos);
    return this;
  }

  /**
   * Makes the path lose packets.
   *
   * @param there probability of losing a request, 0 to 1
   * @param back probability of losing an answer, 0 to 1
   * @return this path
   */
  public SimulatedPath loss(double there, double back) {
    lossThere = probability(there);
    lossBack = probability(back);
    return this;
  }

  /**
   * Makes the path double packets; the copy takes its own time.
   *
   * @param probability of doubling a packet, each way, 0 to 1
   * @return this path
   */
  public SimulatedPath duplication(double probability) {
    duplication = probability(probability);
    return this;
  }

  /**
   * Interrupts the path, or mends it.
   *
   * @param newSilent whether nothing gets through
   * @return this path
   */
  public SimulatedPath silent(boolean newSilent) {
    isSilent = newSilent;
    return this;
  }

  private static double notNegative(double nanos) {
    if (!(nanos >= 0)) {
      throw new IllegalArgumentException("a delay must not be negative: " + nanos);
    }
    return nanos;
  }

  private static double probability(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in [0, 1]: " + probability);
    }
    return probability;
  }

  /** How many copies of a request arrive. */
  int requestCount(SplittableRandom random) {
    return count(lossThere, random);
  }

  /** How many copies of an answer arrive. */
  int answerCount(SplittableRandom random) {
    return count(lossBack, random);
  }

  private int count(double loss, SplittableRandom random) {
    if (isSilent || (loss > 0 && random.nextDouble() < loss)) {
      return 0;
    }
    return duplication > 0 && random.nextDouble() < duplication ? 2 : 1;
  }

  /** How long a request takes. */
  long thereNanos(SplittableRandom random) {
    return thereNanos + excessNanos(thereJitterNanos, random);
  }

  /** How long an answer takes. */
  long backNanos(SplittableRandom random) {
    return backNanos + excessNanos(backJitterNanos, random);
  }

  private long excessNanos(double meanNanos, SplittableRandom random) {
    double excess = meanNanos > 0 ? random.nextExponential() * meanNanos : 0;
    if (tailProbability > 0 && random.nextDouble() < tailProbability) {
      double stretch = Math.pow(1 - random.nextDouble(), tailExponent);
      excess += Math.min(tailCapNanos, tailScaleNanos * stretch);
    }
    return Math.round(excess);
  }
}
