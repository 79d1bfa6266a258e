package com.ibstream.clocksync.market;

import com.ibstream.clocksync.facts.FeedFacts;
import com.ibstream.clocksync.testing.FakeRuler;
import com.ibstream.clocksync.testing.FakeWallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A machine's clocks with a known truth, a feed, and a monitor that looks every 200 ms. */
final class FeedScene {

  static final long SECOND = 1_000_000_000L;
  static final long MILLI = 1_000_000L;
  static final long LOOK_NANOS = 200 * MILLI;

  /** 2026-11-23T09:30:00Z. */
  static final long START_EPOCH_NANOS =
      Instant.parse("2026-11-23T09:30:00Z").getEpochSecond() * SECOND;

  /** What the quartz may be off by; the raw clock is seen. */
  static final double ERROR_PPM = 15;

  final FakeRuler ruler;
  final FakeWallClock wall;
  final FeedCheck check;
  final FeedJudge judge;
  long utcEpochNanos = START_EPOCH_NANOS;

  /** How much faster than UTC the quartz runs. */
  double quartzPpm;

  /** How much faster than the quartz the ruler is slewed. */
  double slewPpm;

  Optional<Long> lineErrorNanos = Optional.empty();
  long lineBoundNanos = MILLI;
  boolean hasJumped;
  FeedFacts facts;
  private long rawNanos = 77;
  private long nextLookNanos;

  FeedScene(long startMonoNanos, FeedSettings settings) {
    ruler = new FakeRuler(startMonoNanos);
    wall = new FakeWallClock(ruler, utcEpochNanos);
    check = new FeedCheck(ruler, settings);
    judge = new FeedJudge(check);
    nextLookNanos = utcEpochNanos;
    look();
    run(Duration.ofSeconds(2)); // the bucket that was under way at the first look does not count
  }

  FeedScene(FeedSettings settings) {
    this(Long.MAX_VALUE - 3 * SECOND, settings);
  }

  /** Lets true time pass, with looks. */
  void run(long trueNanos) {
    long end = utcEpochNanos + trueNanos;
    while (nextLookNanos <= end) {
      pass(nextLookNanos - utcEpochNanos);
      look();
    }
    pass(end - utcEpochNanos);
  }

  void run(Duration duration) {
    run(duration.toNanos());
  }

  /** Time passes and nobody looks. */
  void hang(long trueNanos) {
    pass(trueNanos);
    nextLookNanos = utcEpochNanos;
  }

  private void pass(long trueNanos) {
    long raw = trueNanos + Math.round(trueNanos * (quartzPpm * 1e-6));
    rawNanos += raw;
    ruler.advance(raw + Math.round(raw * (slewPpm * 1e-6)));
    utcEpochNanos += trueNanos;
  }

  /** The machine stands still; the world goes on. */
  void freeze(Duration duration) {
    utcEpochNanos += duration.toNanos();
    nextLookNanos += duration.toNanos();
  }

  FeedFacts look() {
    nextLookNanos = utcEpochNanos + LOOK_NANOS;
    facts =
        judge.look(
            new FeedLook(
                ruler.monoNanos(),
                rawNanos,
                0,
                ERROR_PPM,
                wall.epochNanos(),
                0,
                lineErrorNanos.map(
                    error ->
                        new FeedLook.TrustedClockReading(
                            ruler.monoNanos(),
                            utcEpochNanos + error,
                            utcEpochNanos + error + lineBoundNanos)),
                hasJumped));
    hasJumped = false;
    return facts;
  }

  /** A tick that was so long on its way, from an exchange whose clock is right. */
  void tick(long delayNanos) {
    check.observe(cut(utcEpochNanos - delayNanos));
  }

  private long cut(long epochNanos) {
    long resolutionNanos = Math.max(1, check.settings().resolution().toNanos());
    return epochNanos - epochNanos % resolutionNanos;
  }

  /** Ticks at an even pace, each so long on its way. */
  void ticks(Duration duration, Duration pace, long delayNanos) {
    long end = utcEpochNanos + duration.toNanos();
    while (utcEpochNanos < end) {
      tick(delayNanos);
      run(pace);
    }
    look();
  }

  long systemSlowNanos() {
    return look().systemClockSlowNanos().orElse(0);
  }

  long trustedSlowNanos() {
    return look().trustedClockSlowNanos().orElse(0);
  }
}
