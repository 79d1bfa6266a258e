package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Rate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How fast a hardware clock runs against UTC, although the kernel sets it every eleven minutes.
 * What was set between two observations shows as a jump that no rate explains; there the line
 * breaks, and all pieces share one slope: the mean rate over the window. NOT safe for threads.
 *
 * <p>Two neighbours are compared only if they are so near that most pairs have no write between
 * them: the median of their slopes then is not fooled, and everything is held against it.
 */
final class RtcRate {

  private static final long WINDOW_NANOS = TimeUnit.HOURS.toNanos(36);
  private static final int MOST_OBSERVATIONS = 2_200;

  /** Of eleven minutes, less than a third. */
  private static final long NEIGHBOUR_NANOS = TimeUnit.SECONDS.toNanos(200);

  /** How often the kernel sets the clock. */
  private static final double COPY_NANOS = TimeUnit.MINUTES.toNanos(11);

  /** Longer pieces hide that the rate wanders. */
  private static final long PIECE_NANOS = TimeUnit.HOURS.toNanos(1);

  /** What is less exactly known says nothing of the rate. */
  private static final long MOST_BOUND_NANOS = 10_000_000;

  /** The rate may differ from the median by so much between two neighbours. */
  private static final double WANDER_PPM = 10;

  /**
   * Jumps of a clock so much faster are seen, although setting it is not exact to the millisecond.
   */
  private static final double SEEN_RATIO = 3;

  private static final int LEAST_PAIRS = 5;
  private static final long LEAST_SPAN_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** With fewer pieces their scatter says nothing. */
  private static final int LEAST_PIECES = 5;

  private final ArrayDeque<Observation> observations = new ArrayDeque<>();
  private Optional<Rate> rate = Optional.empty();

  private record Observation(long monoNanos, long offsetNanos, long boundNanos) {}

  /**
   * Takes an observation.
   *
   * @param monoNanos when, on the ruler, which has to run as UTC does to some millionths
   * @param offset UTC minus RTC, with how exactly the edge of the second is known: what all
   *     observations share, like an error of UTC, is not to be part of that
   */
  void add(long monoNanos, Difference offset) {
    boolean isLater = observations.isEmpty() || monoNanos > observations.peekLast().monoNanos;
    if (offset.boundNanos() > MOST_BOUND_NANOS || !isLater) {
      return;
    }
    observations.addLast(new Observation(monoNanos, offset.nanos(), offset.boundNanos()));
    while (observations.size() > MOST_OBSERVATIONS
        || monoNanos - observations.peekFirst().monoNanos > WINDOW_NANOS) {
      observations.removeFirst();
    }
    rate = fit();
  }

  /**
   * The rate.
   *
   * @return empty until some minutes have been seen
   */
  Optional<Rate> rate() {
    return rate;
  }

  private Optional<Rate> fit() {
    List<Observation> all = new ArrayList<>(observations);
    double[] slopes = neighbourSlopes(all);
    long spanNanos = all.get(all.size() - 1).monoNanos - all.get(0).monoNanos;
    if (slopes.length < LEAST_PAIRS || spanNanos < LEAST_SPAN_NANOS) {
      return Optional.empty();
    }
    Arrays.sort(slopes);
    double median = slopes[slopes.length / 2];
    Pieces pieces = new Pieces(all, median);
    if (pieces.isEmpty()) {
      return Optional.empty();
    }
    double slope = pieces.slope();
    double errorPpm = pieces.errorPpm(slope) + hiddenPpm(all, slope * 1e6);
    return Optional.of(new Rate(slope * 1e6, errorPpm, spanNanos, all.size(), pieces.writes()));
  }

  private static double[] neighbourSlopes(List<Observation> all) {
    double[] slopes = new double[all.size()];
    int count = 0;
    for (int i = 1; i < all.size(); i++) {
      double nanos = all.get(i).monoNanos - all.get(i - 1).monoNanos;
      if (nanos <= NEIGHBOUR_NANOS) {
        slopes[count++] = (all.get(i).offsetNanos - all.get(i - 1).offsetNanos) / nanos;
      }
    }
    return Arrays.copyOf(slopes, count);
  }

  /**
   * A slow clock that is set again and again looks like one that keeps time: its jumps are as small
   * as what is not known of the edge. Where writes of that size would not be seen, the rate may be
   * off by what they take away.
   */
  private static double hiddenPpm(List<Observation> all, double ratePpm) {
    long boundNanos =
        all.stream().map(Observation::boundNanos).max(Comparator.naturalOrder()).orElseThrow();
    double unseenNanos = 2 * boundNanos + WANDER_PPM * NEIGHBOUR_NANOS / 1e6;
    double hiddenPpm = unseenNanos / COPY_NANOS * 1e6;
    return Math.abs(ratePpm) > SEEN_RATIO * hiddenPpm ? 0 : hiddenPpm;
  }

  /** Stretches without a write, of an hour at most, with one slope and a level each. */
  private static final class Pieces {

    private final List<double[]> sums = new ArrayList<>();
    private int writes;
    private double squares;
    private int points;

    /** Sorts observations into pieces by a slope that is known roughly. */
    Pieces(List<Observation> all, double roughSlope) {
      int start = 0;
      for (int i = 1; i <= all.size(); i++) {
        boolean isEnd = i == all.size();
        boolean isWrite = !isEnd && isWrite(all.get(i - 1), all.get(i), roughSlope);
        writes += isWrite ? 1 : 0;
        if (isEnd || isWrite || isLong(all, start, i)) {
          add(all.subList(start, i));
          start = i;
        }
      }
    }

    private static boolean isLong(List<Observation> all, int start, int i) {
      return all.get(i).monoNanos - all.get(start).monoNanos > PIECE_NANOS
          || all.get(i).monoNanos - all.get(i - 1).monoNanos > NEIGHBOUR_NANOS;
    }

    private static boolean isWrite(Observation before, Observation after, double slope) {
      double nanos = after.monoNanos - before.monoNanos;
      double jump = after.offsetNanos - before.offsetNanos - slope * nanos;
      double most = before.boundNanos + after.boundNanos + WANDER_PPM * nanos / 1e6;
      return Math.abs(jump) > most;
    }

    private void add(List<Observation> piece) {
      int n = piece.size();
      if (n < 2) {
        return;
      }
      Observation first = piece.get(0);
      double x = 0;
      double y = 0;
      for (Observation o : piece) {
        x += (o.monoNanos - first.monoNanos) / (double) n;
        y += (o.offsetNanos - first.offsetNanos) / (double) n;
      }
      double xx = 0;
      double xy = 0;
      double yy = 0;
      double bounds = 0;
      for (Observation o : piece) {
        double dx = o.monoNanos - first.monoNanos - x;
        double dy = o.offsetNanos - first.offsetNanos - y;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
        bounds += (double) o.boundNanos * o.boundNanos / 3; // as if spread evenly
      }
      sums.add(new double[] {xx, xy});
      squares += Math.max(bounds, yy - xy * xy / xx);
      points += n;
    }

    boolean isEmpty() {
      return sums.isEmpty();
    }

    int writes() {
      return writes;
    }

    double slope() {
      return total(1) / total(0);
    }

    private double total(int index) {
      return sums.stream().mapToDouble(sum -> sum[index]).sum();
    }

    /** By what the points leave, and by how the pieces differ, whichever is more; 95 %. */
    double errorPpm(double slope) {
      int count = sums.size();
      double xx = total(0);
      int degrees = Math.max(1, points - count - 1);
      double ofPoints = StudentT.quantile(degrees) * Math.sqrt(squares / degrees / xx);
      if (count < LEAST_PIECES) {
        return 2 * ofPoints * 1e6;
      }
      double scatter = 0;
      for (double[] sum : sums) {
        double rest = sum[1] - slope * sum[0];
        scatter += rest * rest;
      }
      double ofPieces =
          StudentT.quantile(count - 1) * Math.sqrt(scatter * count / (count - 1)) / xx;
      return Math.max(ofPoints, ofPieces) * 1e6;
    }
  }
}
