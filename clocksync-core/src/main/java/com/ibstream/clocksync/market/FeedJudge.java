package com.ibstream.clocksync.market;

import com.google.common.math.LongMath;
import com.ibstream.clocksync.facts.FeedFacts;
import java.util.OptionalLong;

/**
 * Works out what a feed's stamps prove about our clocks. NOT safe for threads: it belongs to the
 * monitor's, while any number of others go on calling {@link FeedCheck#observe(long)}.
 *
 * <p>All is counted on the ruler, from the making of the check, so a clock is a number that stands
 * still while it runs with the ruler. The greatest stamp - ruler of a bucket is a lower bound of
 * UTC - ruler. Bounds sink with age ({@link BoundDecay}), enough of them must agree ({@link
 * Agreement}), and the exchange's own error is taken off; a clock below what is left is slow by at
 * least the difference. The system clock may be stepped in between: the bounds do not notice, so
 * the proof stands at the next look, without another tick.
 */
public final class FeedJudge {

  /** How many buckets may accuse a clock: nine minutes of a busy feed, weeks of a sparse one. */
  private static final int KEPT_BUCKETS = 512;

  /** Ticks of the last 69 s say how late the feed is at present. */
  private static final int PRESENT_BUCKETS = 64;

  /** After a longer absence nobody can tell what in the slots is from when. */
  private static final long LONG_ABSENT_BUCKETS = StampMaxima.ALIAS_BUCKETS / 4;

  private final FeedCheck check;
  private final long resolutionNanos;
  private final long allowanceNanos;
  private final BoundDecay decay = new BoundDecay();
  private final FeedEvidence evidence = new FeedEvidence(KEPT_BUCKETS);

  /** The same without what the quartz may be off by: no proof, but the better guess. */
  private final BoundDecay slew = new BoundDecay();

  private final FeedEvidence present = new FeedEvidence(PRESENT_BUCKETS);
  private final SlowProof trustedSlow;
  private final SlowProof systemSlow;
  private final LatenessWatch trustedLateness;
  private final LatenessWatch systemLateness;
  private OptionalLong lastBucket = OptionalLong.empty();
  private OptionalLong seenElapsedNanos = OptionalLong.empty();
  private long seenCount;
  private long presentFromBucket = Long.MIN_VALUE;

  /**
   * A judge that has not looked yet.
   *
   * @param check what the trading code reports to
   */
  public FeedJudge(FeedCheck check) {
    FeedSettings settings = check.settings();
    this.check = check;
    this.resolutionNanos = settings.resolution().toNanos();
    this.allowanceNanos = settings.allowance().toNanos();
    this.trustedSlow = new SlowProof(allowanceNanos);
    this.systemSlow = new SlowProof(allowanceNanos);
    this.trustedLateness = new LatenessWatch(settings);
    this.systemLateness = new LatenessWatch(settings);
  }

  /**
   * The check that is judged.
   *
   * @return what the trading code reports to
   */
  public FeedCheck check() {
    return check;
  }

  /**
   * Takes what came in since the look before, and judges our clocks.
   *
   * @param look our clocks, not before the last look
   * @return what stands proved
   */
  public FeedFacts look(FeedLook look) {
    long elapsedNanos = look.monoNanos() - check.originMonoNanos();
    long bucket = StampMaxima.bucketOf(elapsedNanos);
    decay.look(elapsedNanos, look.rawNanos(), look.rawHalfWidthNanos(), look.rawErrorPpm());
    slew.look(elapsedNanos, look.rawNanos(), 0, 0);
    takeMaxima(bucket);
    if (look.hasJumped()) {
      presentFromBucket = bucket + 1; // after a sleep every tick from before it looks late
    }
    OptionalLong bound = sunk(evidence.agreed(), decay);
    OptionalLong presentBound =
        sunk(present.agreedSince(Math.max(presentFromBucket, bucket - PRESENT_BUCKETS + 1)), slew);

    long system = LongMath.saturatedSubtract(look.systemEpochNanos(), elapsedNanos);
    OptionalLong systemBehind =
        behind(bound, LongMath.saturatedAdd(system, look.systemHalfWidthNanos()));
    OptionalLong trusted = OptionalLong.empty();
    OptionalLong trustedBehind = OptionalLong.empty();
    if (look.trustedClock().isPresent()) {
      FeedLook.TrustedClockReading reading = look.trustedClock().get();
      long readElapsedNanos = reading.monoNanos() - check.originMonoNanos();
      trusted = OptionalLong.of(LongMath.saturatedSubtract(reading.epochNanos(), readElapsedNanos));
      trustedBehind =
          behind(bound, LongMath.saturatedSubtract(reading.latestEpochNanos(), readElapsedNanos));
    }
    return new FeedFacts(
        check.settings().name(),
        check.observedCount(),
        check.refusedCount(),
        lastAgeNanos(elapsedNanos),
        resolutionNanos,
        allowanceNanos,
        trustedSlow.judge(trustedBehind),
        systemSlow.judge(systemBehind),
        trustedLateness.look(bucket, late(trusted, presentBound)),
        systemLateness.look(bucket, late(OptionalLong.of(system), presentBound)));
  }

  private void takeMaxima(long bucket) {
    StampMaxima maxima = check.maxima();
    boolean isTooLong =
        lastBucket.isEmpty() || bucket - lastBucket.getAsLong() > LONG_ABSENT_BUCKETS;
    for (int slot = 0; slot < StampMaxima.SLOTS; slot++) {
      long content = maxima.at(slot);
      if (content == StampMaxima.EMPTY) {
        continue;
      }
      long from = StampMaxima.bucketOf(slot, content, bucket);
      OptionalLong least = isTooLong ? OptionalLong.empty() : decay.leastIn(from);
      if (least.isPresent()) {
        evidence.put(from, StampMaxima.valueOf(content) + least.getAsLong());
        present.put(from, StampMaxima.valueOf(content) + slew.leastIn(from).orElseThrow());
      }
      if (isTooLong || Math.abs(bucket - from) >= StampMaxima.SLOTS) {
        maxima.clear(slot, content);
      }
    }
    lastBucket = OptionalLong.of(bucket);
  }

  private static OptionalLong sunk(OptionalLong bound, BoundDecay decay) {
    return bound.isPresent()
        ? OptionalLong.of(bound.getAsLong() - decay.nowNanos())
        : OptionalLong.empty();
  }

  /** By how much a clock is behind what the feed proves; the clock may show anything at all. */
  private OptionalLong behind(OptionalLong bound, long clock) {
    return bound.isPresent()
        ? OptionalLong.of(LongMath.saturatedSubtract(bound.getAsLong() - allowanceNanos, clock))
        : OptionalLong.empty();
  }

  private static OptionalLong late(OptionalLong clock, OptionalLong bound) {
    return clock.isPresent() && bound.isPresent()
        ? OptionalLong.of(LongMath.saturatedSubtract(clock.getAsLong(), bound.getAsLong()))
        : OptionalLong.empty();
  }

  private OptionalLong lastAgeNanos(long elapsedNanos) {
    long observedCount = check.observedCount();
    if (observedCount != seenCount) {
      seenCount = observedCount;
      seenElapsedNanos = OptionalLong.of(elapsedNanos);
    }
    return seenElapsedNanos.isPresent()
        ? OptionalLong.of(elapsedNanos - seenElapsedNanos.getAsLong())
        : seenElapsedNanos;
  }
}
