package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import java.util.List;

/**
 * The points of a fit, oldest first: made from the samples of the truechimers. NOT safe for
 * threads.
 *
 * <p>A sample with no more delay than its server's least is nearly exact; excess delay e lay on one
 * of the two ways in an unknown split, which is an error uniform in +-e/2, a deviation of
 * e/&radic;12.
 */
final class Points {

  /** What a sample without any excess delay is still uncertain by. */
  private static final double JITTER_FLOOR_NANOS = 1_000;

  private static final double ROOT_OF_12 = Math.sqrt(12);

  /**
   * How far the least of n delays may be from the least possible one, in units of the usual excess
   * over &radic;n. The least of n sums of two exponential delays is that far off, and half as much
   * again is the cheaper error.
   */
  private static final double LEAST_DELAY_BIAS = 1.5;

  /**
   * The part of the least delay by which its split between the ways is uncertain, over n: the fewer
   * samples, the less is known of it; and a near server deserves more weight than a far one.
   */
  private static final double UNKNOWN_SPLIT = 0.25;

  /** So many samples of a source are enough to do without the slower half of them. */
  private static final int ENOUGH_SAMPLES = 16;

  private static final double NANOS_PER_SECOND = 1e9;

  private final double[] ageSeconds;
  private final double[] offsetNanos;
  private final double[] sigmaNanos;
  private int count;

  /**
   * No points yet.
   *
   * @param capacity how many there will be at the most
   */
  Points(int capacity) {
    ageSeconds = new double[capacity];
    offsetNanos = new double[capacity];
    sigmaNanos = new double[capacity];
  }

  /**
   * Adds a point that is no older than those before.
   *
   * @param age how long before the present, not negative, seconds
   * @param offset UTC minus clock, against any constant, nanoseconds
   * @param sigma its own uncertainty, greater than zero, nanoseconds
   */
  Points add(double age, double offset, double sigma) {
    ageSeconds[count] = age;
    offsetNanos[count] = offset;
    sigmaNanos[count] = sigma;
    count++;
    return this;
  }

  int count() {
    return count;
  }

  double ageSeconds(int index) {
    return ageSeconds[index];
  }

  double offsetNanos(int index) {
    return offsetNanos[index];
  }

  double sigmaNanos(int index) {
    return sigmaNanos[index];
  }

  /**
   * The points, oldest first.
   *
   * @param sources whose samples
   * @param baseEpochNanos the constant that offsets are told against
   * @param nowRawNanos the present, on the steady clock
   */
  static Points of(List<Candidate> sources, long baseEpochNanos, long nowRawNanos) {
    Source[] heads = new Source[sources.size()];
    int total = 0;
    for (int i = 0; i < heads.length; i++) {
      heads[i] = new Source(sources.get(i));
      total += heads[i].count;
    }
    Points points = new Points(total);
    for (int i = 0; i < total; i++) {
      Source oldest = null;
      for (Source head : heads) {
        if (head.taken < head.count
            && (oldest == null || head.nextRawNanos - oldest.nextRawNanos < 0)) {
          oldest = head;
        }
      }
      NtpSample sample = oldest.samples[oldest.taken];
      points.add(
          Math.max(0, (nowRawNanos - sample.rawNanos()) / NANOS_PER_SECOND),
          (double) (sample.epochNanosAt(nowRawNanos) - baseEpochNanos),
          oldest.sigmaNanos(sample));
      oldest.goOn();
    }
    return points;
  }

  /** The samples of one source, one after the other, and what all of them have in common. */
  private static final class Source {

    private final NtpSample[] samples;
    private final int count;
    private final long leastDelayNanos;
    private final double commonNanos;
    private int taken = -1;
    private long nextRawNanos;

    Source(Candidate source) {
      samples = source.samples().toArray(new NtpSample[0]);
      leastDelayNanos = source.delays().leastNanos();
      double usualExcess = source.delays().medianNanos() - leastDelayNanos;
      commonNanos =
          JITTER_FLOOR_NANOS
              + LEAST_DELAY_BIAS * usualExcess / Math.sqrt(samples.length) / ROOT_OF_12
              + UNKNOWN_SPLIT * leastDelayNanos / samples.length;
      count =
          samples.length < ENOUGH_SAMPLES
              ? samples.length
              : dropSlower(source.delays().medianNanos());
      goOn();
    }

    /** The slower half of many samples says next to nothing. Gives the number of those left. */
    private int dropSlower(long mostDelayNanos) {
      int left = 0;
      for (NtpSample sample : samples) {
        if (sample.delayNanos() <= mostDelayNanos) {
          samples[left++] = sample;
        }
      }
      return left;
    }

    void goOn() {
      taken++;
      nextRawNanos = taken < count ? samples[taken].rawNanos() : 0;
    }

    double sigmaNanos(NtpSample sample) {
      return commonNanos
          + sample.precisionNanos() / 2.0
          + (sample.delayNanos() - leastDelayNanos) / ROOT_OF_12;
    }
  }
}
