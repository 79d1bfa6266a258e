package com.ibstream.clocksync.verdict;

import java.util.Locale;

/**
 * A size to compare with, and what it would mean. Immutable.
 *
 * @param cause what has this size
 * @param predictedNanos the size, never 0; with the sign of {@code sense}
 * @param sense of what it is a size
 * @param what the cause, in words
 */
record Candidate(OffsetCause cause, long predictedNanos, Sense sense, String what) {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_MICRO = 1_000L;
  private static final long SECONDS_PER_MINUTE = 60;
  private static final long MINUTES_PER_HOUR = 60;
  private static final long HOURS_PER_DAY = 24;

  /** What is explained. */
  enum Sense {
    /** Reference minus local; positive = our clock is behind. */
    OFFSET("behind by ", "ahead by ", ", with drift besides"),
    /** The wall clock against the ruler; positive = it went forward. */
    JUMP("forward by ", "back by ", ", with a smaller correction besides");

    private final String positive;
    private final String negative;
    private final String besides;

    Sense(String positive, String negative, String besides) {
      this.positive = positive;
      this.negative = negative;
      this.besides = besides;
    }

    /** A jump forward by J is the fall of the offset by J. */
    long ofOffsetNanos(long offsetNanos) {
      return this == OFFSET ? offsetNanos : -offsetNanos;
    }
  }

  /**
   * Whether an offset or jump with this bound can tell this candidate, and is near enough. What has
   * the other sign is farther away than any window, and the difference might overflow.
   */
  boolean fits(long nanos, long errorBoundNanos) {
    if (nanos < 0 != predictedNanos < 0 || errorBoundNanos > cause.widestBoundNanos()) {
      return false;
    }
    long distanceNanos = Math.abs(nanos - predictedNanos);
    return distanceNanos <= Math.max(errorBoundNanos, cause.windowNanos());
  }

  /** Whether a bound is half the distance to another size, or more. */
  boolean isBlurredBy(Candidate other, long errorBoundNanos) {
    return other.predictedNanos != predictedNanos
        && other.predictedNanos < 0 == predictedNanos < 0
        && Math.abs(other.predictedNanos - predictedNanos) / 2 <= errorBoundNanos;
  }

  Explanation explain(long nanos, long errorBoundNanos) {
    long residualNanos = nanos - predictedNanos;
    boolean isEnough = Math.abs(residualNanos) <= errorBoundNanos;
    String text =
        "consistent with "
            + what
            + ": "
            + (predictedNanos < 0 ? sense.negative : sense.positive)
            + duration(Math.abs(predictedNanos))
            + (isEnough ? "" : sense.besides)
            + ", residual "
            + seconds(Math.abs(residualNanos))
            + (residualNanos == 0
                ? ""
                : residualNanos < 0 == predictedNanos < 0 ? " over" : " short")
            + ", bound "
            + seconds(errorBoundNanos);
    return new Explanation(cause, predictedNanos, residualNanos, errorBoundNanos, text);
  }

  /** Seconds with as many decimals as it takes to show something. */
  private static String seconds(long nanos) {
    String format = "%.9f s";
    if (nanos == 0 || nanos >= NANOS_PER_MILLI) {
      format = "%.3f s";
    } else if (nanos >= NANOS_PER_MICRO) {
      format = "%.6f s";
    }
    return String.format(Locale.ROOT, format, nanos / (double) NANOS_PER_SECOND);
  }

  /** A size in whole seconds, like {@code 5 h 45 min}. */
  private static String duration(long nanos) {
    long seconds = nanos / NANOS_PER_SECOND;
    long minutes = seconds / SECONDS_PER_MINUTE;
    long hours = minutes / MINUTES_PER_HOUR;
    long days = hours / HOURS_PER_DAY;
    String text =
        part(days, days == 1 ? " day " : " days ")
            + part(hours % HOURS_PER_DAY, " h ")
            + part(minutes % MINUTES_PER_HOUR, " min ")
            + part(seconds % SECONDS_PER_MINUTE, " s ");
    return text.stripTrailing();
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }
}
