package com.ibstream.clocksync.history.stamps;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Stretches of a clock's face, each with what UTC minus clock was there. They may overlap: a clock
 * that was set back showed some values twice. Immutable once built; reads are safe for threads.
 */
final class StampIndex {

  private static final double PPM = 1e-6;
  private static final int FIRST_ROOM = 1_024;
  private static final int FIELDS = 6;
  private static final int FROM = 0;
  private static final int TO = 1;
  private static final int BASE = 2;
  private static final int OFFSET = 3;
  private static final int LEAST = 4;
  private static final int MOST = 5;

  private long[] fields = new long[FIRST_ROOM * FIELDS];
  private double[] rates = new double[FIRST_ROOM];
  private StampQuality[] qualities = new StampQuality[FIRST_ROOM];
  private long[] reach = new long[0];
  private int count;

  /**
   * A stretch.
   *
   * @param from the first value that the clock showed there
   * @param to the last
   * @param base where the line begins
   * @param offset UTC minus clock there, by the line
   * @param ratePpm how the line goes on
   * @param least the least distance from the line
   * @param most the greatest
   * @param quality what stamps there are worth
   */
  record Stretch(
      long from,
      long to,
      long base,
      long offset,
      double ratePpm,
      long least,
      long most,
      StampQuality quality) {}

  void add(Stretch stretch) {
    if (stretch.from > stretch.to) {
      return;
    }
    if (count == rates.length) {
      fields = Arrays.copyOf(fields, 2 * fields.length);
      rates = Arrays.copyOf(rates, 2 * count);
      qualities = Arrays.copyOf(qualities, 2 * count);
    }
    int at = count * FIELDS;
    fields[at + FROM] = stretch.from;
    fields[at + TO] = stretch.to;
    fields[at + BASE] = stretch.base;
    fields[at + OFFSET] = stretch.offset;
    fields[at + LEAST] = stretch.least;
    fields[at + MOST] = stretch.most;
    rates[count] = stretch.ratePpm;
    qualities[count] = stretch.quality;
    count++;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** Takes back what was said of some of the latest, as far as they reach to that time or later. */
  void withdraw(int first, long fromUtcNanos) {
    int end = count;
    for (int i = first; i < end; i++) {
      long to = field(i, TO);
      if (of(i, to).latestEpochNanos() >= fromUtcNanos) {
        long from = Math.max(field(i, FROM), firstAt(i, fromUtcNanos));
        StampQuality withdrawn = qualities[i].worse(StampQuality.WITHDRAWN);
        fields[i * FIELDS + TO] = from - 1; // perhaps nothing is left of it
        add(
            new Stretch(
                from,
                to,
                field(i, BASE),
                field(i, OFFSET),
                rates[i],
                field(i, LEAST),
                field(i, MOST),
                withdrawn));
      }
    }
  }

  /** The clock showed less than this as long as it was certainly earlier than that. */
  private long firstAt(int i, long utcNanos) {
    long length = field(i, TO) - field(i, FROM);
    long turned = (long) Math.ceil(Math.abs(length * (rates[i] * PPM)));
    return utcNanos - field(i, OFFSET) - field(i, MOST) - turned;
  }

  /** Puts all in order; nothing is added afterwards. */
  StampIndex built() {
    boolean isInOrder = true;
    for (int i = 1; i < count; i++) {
      isInOrder &= field(i - 1, FROM) <= field(i, FROM);
    }
    if (!isInOrder) {
      sort();
    }
    reach = new long[count];
    long farthest = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      farthest = Math.max(farthest, field(i, TO));
      reach[i] = farthest;
    }
    return this;
  }

  private void sort() {
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingLong(i -> field(i, FROM)))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] sorted = new long[count * FIELDS];
    double[] sortedRates = new double[count];
    StampQuality[] sortedQualities = new StampQuality[count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(fields, order[i] * FIELDS, sorted, i * FIELDS, FIELDS);
      sortedRates[i] = rates[order[i]];
      sortedQualities[i] = qualities[order[i]];
    }
    fields = sorted;
    rates = sortedRates;
    qualities = sortedQualities;
  }

  private long field(int stretch, int which) {
    return fields[stretch * FIELDS + which];
  }

  /** What a stamp meant. */
  Qualification qualify(long stamp) {
    return qualify(stamp, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** The same, of the stretches that can have been in that time. */
  Qualification qualify(long stamp, long notBefore, long notAfter) {
    Qualification found = Qualification.UNMONITORED;
    for (int i = lastFrom(stamp); i >= 0 && reach[i] >= stamp; i--) {
      if (field(i, TO) >= stamp) {
        Qualification here = of(i, stamp);
        if (here.latestEpochNanos() >= notBefore && here.earliestEpochNanos() <= notAfter) {
          found = found.isKnown() ? both(found, here) : here;
        }
      }
    }
    return found;
  }

  /** The last stretch that begins at or before the stamp; -1 if there is none. */
  private int lastFrom(long stamp) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (field(middle, FROM) <= stamp) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private Qualification of(int i, long stamp) {
    long elapsed = stamp - field(i, BASE);
    long line = stamp + field(i, OFFSET) + Math.round(elapsed * (rates[i] * PPM));
    return new Qualification(qualities[i], line + field(i, LEAST), line + field(i, MOST));
  }

  /** The clock showed the stamp in both stretches: at one instant where they meet, or twice. */
  private static Qualification both(Qualification a, Qualification b) {
    boolean isApart =
        a.earliestEpochNanos() > b.latestEpochNanos()
            || b.earliestEpochNanos() > a.latestEpochNanos();
    return new Qualification(
        isApart ? StampQuality.AMBIGUOUS : a.quality().worse(b.quality()),
        Math.min(a.earliestEpochNanos(), b.earliestEpochNanos()),
        Math.max(a.latestEpochNanos(), b.latestEpochNanos()));
  }
}
