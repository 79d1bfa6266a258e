package com.ibstream.clocksync.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The edge of the second, against clocks whose edge is known. */
class EdgeSearchTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long EPOCH = 1_795_000_000L * SECOND;

  private final SplittableRandom random = new SplittableRandom(3);
  private long now = 5_000 * SECOND;
  private long lead = EPOCH + 123_456_789L;
  private double driftPpm;
  private long latencyNanos = 20_000;
  private long lateNanos = 60_000;
  private int readings;
  private long awakeNanos;

  private long rtcAt(long monoNanos) {
    return monoNanos + lead - Math.round((monoNanos - 5_000 * SECOND) * driftPpm / 1e6);
  }

  private EdgeFix search(Optional<Long> guess) {
    EdgeSearch search = new EdgeSearch(guess);
    readings = 0;
    while (!search.isDone()) {
      long wanted = search.nextMonoNanos(now);
      assertThat(wanted).isBetween(now, now + SECOND);
      now = wanted + random.nextLong(lateNanos + 1);
      long at = now + random.nextLong(latencyNanos + 1);
      long shown = Math.floorDiv(rtcAt(at), SECOND);
      search.take(new RtcTick(shown, now, now + latencyNanos));
      now += latencyNanos;
      awakeNanos += latencyNanos;
      readings++;
    }
    return search.fix().orElseThrow();
  }

  private void assertTruthInside(EdgeFix fix) {
    long truth = rtcAt(fix.monoNanos()) - fix.monoNanos();
    assertThat(truth).isBetween(fix.leastLeadNanos(), fix.mostLeadNanos());
  }

  @Test
  void shouldFindTheEdgeToTwoMillisecondsWithoutSpinning() {
    for (int i = 0; i < 500; i++) {
      lead = EPOCH + random.nextLong(SECOND);
      driftPpm = random.nextDouble(-200, 200);
      long start = now;
      awakeNanos = 0;
      EdgeFix fix = search(Optional.empty());

      assertTruthInside(fix);
      assertThat(fix.widthNanos()).isLessThanOrEqualTo(2_000_000L);
      assertThat(readings).isLessThanOrEqualTo(16);
      assertThat(now - start).isLessThan(16 * SECOND);
      assertThat(awakeNanos).isLessThan(SECOND / 1_000);
    }
  }

  @Test
  void shouldNeedTwoReadingsWhereTheClockIsKnown() {
    EdgeFix known = search(Optional.empty());
    now += 120 * SECOND;
    EdgeFix again = search(Optional.of(known.leadNanos()));

    assertTruthInside(again);
    assertThat(readings).isBetween(2, 3);
  }

  @Test
  void shouldNotBelieveAWrongGuess() {
    for (long wrong : new long[] {1, 400_000_000L, -3 * SECOND, 3_600 * SECOND}) {
      EdgeFix fix = search(Optional.of(lead + wrong * 1_000));

      assertTruthInside(fix);
      assertThat(fix.widthNanos()).isLessThanOrEqualTo(2_000_000L);
    }
  }

  @Test
  void shouldStayRightWhereReadingsAreSlowAndLate() {
    latencyNanos = 30_000_000L;
    lateNanos = 400_000_000L;
    for (int i = 0; i < 100; i++) {
      lead = EPOCH + random.nextLong(SECOND);
      EdgeFix fix = search(Optional.empty());

      assertTruthInside(fix);
      assertThat(fix.widthNanos()).isLessThan(200_000_000L);
    }
  }

  @Test
  void shouldBeginAnewWhenTheClockIsSetMeanwhile() {
    EdgeSearch search = new EdgeSearch(Optional.empty());
    search.take(new RtcTick(100, 0, 1_000));
    search.take(new RtcTick(7_300, SECOND, SECOND + 1_000));

    assertThat(search.isContradicted()).isTrue();
    assertThat(search.fix().orElseThrow().leastLeadNanos()).isEqualTo(7_299 * SECOND - 1_000);
  }
}
