package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Makes points for the fit from the samples of the truechimers. Pure functions.
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

  private static final double NANOS_PER_SECOND = 1e9;

  private Points() {}

  /**
   * The points, oldest first.
   *
   * @param sources samples by source, each source's oldest first; a source may have none
   * @param baseEpochNanos the constant that offsets are told against
   * @param nowRawNanos the present, on the steady clock
   */
  static List<LineFit.Point> of(
      List<List<NtpSample>> sources, long baseEpochNanos, long nowRawNanos) {
    List<Dated> all = new ArrayList<>();
    for (List<NtpSample> samples : sources) {
      add(all, samples, baseEpochNanos, nowRawNanos);
    }
    all.sort(Comparator.comparingLong(Dated::rawNanos));
    List<LineFit.Point> points = new ArrayList<>(all.size());
    for (Dated dated : all) {
      points.add(dated.point);
    }
    return points;
  }

  private record Dated(long rawNanos, LineFit.Point point) {}

  private static void add(
      List<Dated> all, List<NtpSample> samples, long baseEpochNanos, long nowRawNanos) {
    int count = samples.size();
    if (count == 0) {
      return;
    }
    long[] delays = new long[count];
    for (int i = 0; i < count; i++) {
      delays[i] = samples.get(i).delayNanos();
    }
    Arrays.sort(delays);
    long least = delays[0];
    // The median, not the mean: one answer that met a pause must not make the others look vague.
    double usualExcess = delays[count / 2] - least;
    double bias = LEAST_DELAY_BIAS * usualExcess / Math.sqrt(count);
    double unknownSplit = UNKNOWN_SPLIT * least / count;
    for (NtpSample sample : samples) {
      double sigma =
          JITTER_FLOOR_NANOS
              + sample.precisionNanos() / 2.0
              + (sample.delayNanos() - least + bias) / ROOT_OF_12
              + unknownSplit;
      double age = Math.max(0, (nowRawNanos - sample.rawNanos()) / NANOS_PER_SECOND);
      double offset = sample.epochNanosAt(nowRawNanos) - baseEpochNanos;
      all.add(new Dated(sample.rawNanos(), new LineFit.Point(age, offset, sigma)));
    }
  }
}
