package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.time.RateBounds;
import java.util.Optional;

/**
 * Whether one source proves that the steady clock runs further off than is assumed of it: that UTC
 * ran outside the assumed rates, the same way, in two spans that follow each other. One span alone
 * may be a step, or a freeze of all clocks. NOT safe for threads.
 *
 * <p>A span from an interval [e1, l1] to another [e2, l2], dt later, proves a rate of at least e2 -
 * l1 and at most l2 - e1 in dt, as in the vote on the rate; but these samples are kept when later
 * ones contradict them, since that is the proof.
 */
public final class RateProof {

  /** The shortest span: what was frozen for a moment looks like any rate in a shorter one. */
  private static final long LEAST_SPAN_NANOS = 10_000_000_000L;

  /** The longest: what was proved earlier says nothing of the present. */
  private static final long MOST_SPAN_NANOS = 14_400_000_000_000L;

  /** No oscillator is further off: that was a step. */
  private static final double MOST_PPM = 1_000;

  private static final double MILLIONTHS = 1e6;

  private Optional<NtpSample> begin = Optional.empty();
  private Optional<Span> first = Optional.empty();
  private Optional<Span> second = Optional.empty();

  private record Span(long beginRawNanos, double minPpm, double maxPpm) {

    boolean isBeyond(RateBounds assumed) {
      return minPpm > assumed.maxPpm() || maxPpm < assumed.minPpm();
    }

    boolean isWithin(RateBounds assumed) {
      return minPpm >= assumed.minPpm() && maxPpm <= assumed.maxPpm();
    }

    double mostPpm() {
      return Math.max(-minPpm, maxPpm);
    }

    boolean isPossible() {
      return minPpm <= MOST_PPM && maxPpm >= -MOST_PPM;
    }

    /** Whether both may be the same rate, but for a change. */
    boolean agreesWith(Span other, double changePpm) {
      return minPpm <= other.maxPpm + changePpm && other.minPpm <= maxPpm + changePpm;
    }
  }

  /**
   * Takes the latest sample of the source; the same again changes nothing.
   *
   * @param sample not older than those before
   * @param assumed between which rates UTC is assumed to run against the steady clock
   * @param changePpm how far the rate may change from one span to the next
   */
  public void take(NtpSample sample, RateBounds assumed, double changePpm) {
    if (begin.isEmpty()) {
      begin = Optional.of(sample);
      return;
    }
    NtpSample before = begin.get();
    long spanNanos = sample.rawNanos() - before.rawNanos();
    if (spanNanos < LEAST_SPAN_NANOS) {
      begin = spanNanos > 0 && isNarrower(sample, before) ? Optional.of(sample) : begin;
      return;
    }
    Span span = span(before, sample, spanNanos);
    if (span.isBeyond(assumed)) {
      first = second.filter(earlier -> earlier.agreesWith(span, changePpm));
      second = Optional.of(span).filter(Span::isPossible);
      begin = Optional.of(sample);
      return;
    }
    if (span.isWithin(assumed)) {
      first = Optional.empty(); // whatever was beyond was once
      second = Optional.empty();
    }
    if (spanNanos > MOST_SPAN_NANOS || isNarrower(sample, before)) {
      begin = Optional.of(sample);
    }
  }

  private static boolean isNarrower(NtpSample sample, NtpSample than) {
    return sample.halfWidthNanos() < than.halfWidthNanos();
  }

  private static Span span(NtpSample from, NtpSample to, long spanNanos) {
    double gained = to.epochNanos() - from.epochNanos() - spanNanos;
    double widths = (double) from.halfWidthNanos() + to.halfWidthNanos();
    return new Span(
        from.rawNanos(),
        (gained - widths) * MILLIONTHS / spanNanos,
        (gained + widths) * MILLIONTHS / spanNanos);
  }

  /**
   * How far off the clock is, if that is proved now.
   *
   * @param nowRawNanos the present, on the steady clock
   * @return the greatest rate, either way, that one of both spans leaves possible, ppm; not
   *     negative, and no more than any oscillator is off
   */
  public Optional<Double> errorPpm(long nowRawNanos) {
    return first
        .filter(span -> nowRawNanos - span.beginRawNanos <= 2 * MOST_SPAN_NANOS)
        .map(span -> Math.max(span.mostPpm(), second.map(Span::mostPpm).orElse(0.0)))
        .map(ppm -> Math.min(ppm, MOST_PPM));
  }

  /**
   * Since when.
   *
   * @return the beginning of the first span, on the steady clock; 0 if nothing is proved
   */
  public long sinceRawNanos() {
    return first.map(Span::beginRawNanos).orElse(0L);
  }
}
