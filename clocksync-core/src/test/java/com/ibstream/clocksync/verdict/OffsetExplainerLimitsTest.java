package com.ibstream.clocksync.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows and widest bounds, each just within, at and just beyond; and the words. */
class OffsetExplainerLimitsTest {

  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final long HOUR = 3_600 * SECOND;

  private static final OffsetExplainer EXPLAINER =
      new OffsetExplainer(
          new HostZone(List.of(ZoneOffset.ofHours(-5), ZoneOffset.ofHours(-6))),
          LeapNear.ANNOUNCED,
          OptionalInt.empty());

  private static boolean names(OffsetCause cause, long offsetNanos, long boundNanos) {
    return EXPLAINER.explainOffset(offsetNanos, boundNanos).stream()
        .anyMatch(explanation -> explanation.cause() == cause);
  }

  private static String jump(long jumpNanos) {
    return EXPLAINER.explainJump(jumpNanos, 0).get(0).text();
  }

  @ParameterizedTest
  @CsvSource({
    "ZONE_OFFSET, 18000, 60000, 60000",
    "DAYLIGHT_SHIFT, 3600, 60000, 60000",
    "TWELVE_HOURS, 43200, 60000, 60000",
    "ZONE_AND_TWELVE_HOURS, 61200, 60000, 60000",
    "TAI_MINUS_UTC, 37, 500, 1000",
    "GPS_MINUS_UTC, 18, 500, 1000",
    "LEAP_SECOND, 1, 50, 100",
    "GPS_WEEK_ROLLOVER, 619315200, 60000, 60000",
    "NTP_ERA, 4294967296, 60000, 60000",
    "WHOLE_DAYS, 432000, 60000, 60000",
    "WHOLE_HOURS, 28800, 500, 60000"
  })
  void shouldKeepToTheWindowAndTheWidestBoundOfEachCause(
      OffsetCause cause, long seconds, long windowMillis, long widestMillis) {
    long window = windowMillis * MILLI;
    long widest = widestMillis * MILLI;
    for (long size : new long[] {seconds * SECOND, -seconds * SECOND}) {
      for (long side : new long[] {1, -1}) {
        assertThat(names(cause, size + side * (window - 1), 0)).isTrue();
        assertThat(names(cause, size + side * window, 0)).isTrue();
        assertThat(names(cause, size + side * (window + 1), 0)).isFalse();

        assertThat(names(cause, size + side * (widest - 1), widest)).isTrue();
        assertThat(names(cause, size + side * widest, widest)).isTrue();
        assertThat(names(cause, size + side * (widest + 1), widest)).isFalse();
      }
      assertThat(names(cause, size, widest - 1)).isTrue();
      assertThat(names(cause, size, widest)).isTrue();
      assertThat(names(cause, size, widest + 1)).isFalse();
    }
    assertThat(cause.windowNanos()).isEqualTo(window);
    assertThat(cause.widestBoundNanos()).isEqualTo(widest);
  }

  @ParameterizedTest
  @CsvSource({"36999999999, 1", "37000000000, 0", "36999999998, 2", "37000000002, 2"})
  void shouldBeConsistentUpToTheBound(long offset, long residual) {
    for (long bound : new long[] {residual - 1, residual, residual + 1}) {
      if (bound >= 0) {
        Explanation best = EXPLAINER.explainOffset(offset, bound).get(0);

        assertThat(best.isConsistent()).isEqualTo(bound >= residual);
        assertThat(best.text().contains("besides")).isEqualTo(bound < residual);
      }
    }
  }

  @Test
  void shouldSayNothingOfAnOffsetThatMayBeNone() {
    for (long sign : new long[] {1, -1}) {
      assertThat(EXPLAINER.explainOffset(sign * 18 * SECOND, 18 * SECOND)).isEmpty();
      assertThat(EXPLAINER.explainOffset(sign * SECOND, SECOND)).isEmpty();
      assertThat(EXPLAINER.explainOffset(sign * 500 * MILLI, 500 * MILLI)).isEmpty();
      assertThat(EXPLAINER.explainOffset(sign * 300 * MILLI, 0)).isEmpty();
    }
  }

  @Test
  void shouldSpeakOfSizeDirectionResidualAndBound() {
    assertThat(EXPLAINER.explainOffset(36_813 * MILLI, 10 * MILLI).get(0).text())
        .isEqualTo(
            "consistent with TAI-UTC (37 s), taken away once too often: behind by 37 s, with drift"
                + " besides, residual 0.187 s short, bound 0.010 s");
    assertThat(EXPLAINER.explainOffset(-18 * SECOND - 20_000, 100_000).get(0).text())
        .isEqualTo(
            "consistent with GPS-UTC (18 s), not taken away: ahead by 18 s, residual 0.000020 s"
                + " over, bound 0.000100 s");
    assertThat(EXPLAINER.explainOffset(-SECOND - 3, 3).get(0).text())
        .isEqualTo(
            "consistent with a leap second not made: ahead by 1 s, residual 0.000000003 s over,"
                + " bound 0.000000003 s");
    assertThat(EXPLAINER.explainOffset((1L << 32) * SECOND, 0).get(0).text())
        .startsWith(
            "consistent with an era of NTP (2^32 s): behind by 49710 days 6 h 28 min 16 s,");
    assertThat(EXPLAINER.explainOffset(24 * HOUR, 0).get(0).text())
        .startsWith("consistent with whole days: behind by 1 day,");
  }

  @Test
  void shouldSpeakOfAJumpAsAJump() {
    assertThat(jump(37 * SECOND))
        .startsWith("consistent with TAI-UTC (37 s), added: forward by 37 s,");
    assertThat(jump(-37 * SECOND))
        .startsWith("consistent with TAI-UTC (37 s), taken away: back by 37 s,");
    assertThat(jump(-5 * HOUR))
        .startsWith("consistent with a change from UTC to local time (UTC-05:00): back by 5 h,");
    assertThat(jump(5 * HOUR))
        .startsWith("consistent with a change from local time (UTC-05:00) to UTC: forward by 5 h,");
    assertThat(jump(-17 * HOUR))
        .isEqualTo(
            "consistent with a change from UTC to local time (UTC-05:00) and an AM/PM slip (12 h):"
                + " back by 17 h, residual 0.000 s, bound 0.000 s");
    assertThat(jump(-HOUR))
        .startsWith("consistent with a change between UTC-05:00 and UTC-06:00: back by 1 h,");
    assertThat(jump(-SECOND)).startsWith("consistent with a leap second inserted: back by 1 s,");
    assertThat(jump(SECOND)).contains("deleted or taken back: forward by 1 s,");
    assertThat(jump(-36_900 * MILLI))
        .contains("back by 37 s, with a smaller correction besides, residual 0.100 s short,");
    assertThat(EXPLAINER.explainJump(-300 * MILLI, 0)).isEmpty();
  }
}
