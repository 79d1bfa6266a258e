package com.ibstream.clocksync.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetExplainerTest {

  private static final HostZone CHICAGO_SUMMER = zone("America/Chicago", "2025-08-08T22:00:00Z");
  private static final HostZone CHICAGO_WINTER = zone("America/Chicago", "2025-01-15T22:00:00Z");
  private static final HostZone LONDON_SUMMER = zone("Europe/London", "2026-07-01T12:00:00Z");
  private static final OffsetExplainer NOWHERE = explainer(HostZone.NONE);

  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private static HostZone zone(String id, String near) {
    return HostZone.of(ZoneId.of(id), Instant.parse(near));
  }

  private static HostZone offsets(String... offsets) {
    return new HostZone(List.of(offsets).stream().map(ZoneOffset::of).toList());
  }

  private static OffsetExplainer explainer(HostZone zone) {
    return new OffsetExplainer(zone, LeapNear.NO, OptionalInt.empty());
  }

  private static OffsetExplainer explainer(LeapNear leap) {
    return new OffsetExplainer(HostZone.NONE, leap, OptionalInt.empty());
  }

  private static OffsetExplainer withKernel(int taiSeconds) {
    return new OffsetExplainer(HostZone.NONE, LeapNear.NO, OptionalInt.of(taiSeconds));
  }

  private static long nanos(String seconds) {
    return new BigDecimal(seconds).movePointRight(9).longValueExact();
  }

  /** Each as "CAUSE seconds", marked with "near" if the residual is beyond the bound. */
  private static List<String> brief(List<Explanation> explanations) {
    return explanations.stream()
        .map(
            e ->
                (e.isConsistent() ? "" : "near ")
                    + e.cause()
                    + " "
                    + BigDecimal.valueOf(e.predictedNanos(), 9)
                        .stripTrailingZeros()
                        .toPlainString())
        .toList();
  }

  private static List<String> expected(String text) {
    return text == null ? List.of() : List.of(text.split("; ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    // The incident of July 2025: slow, between 36.81 and 37.35 s.
    "36.81, 0.01, near TAI_MINUS_UTC 37",
    "37, 0, TAI_MINUS_UTC 37",
    "37.35, 0.01, near TAI_MINUS_UTC 37",
    "37.08, 0.27, TAI_MINUS_UTC 37",
    "-37.000123, 0.0002, TAI_MINUS_UTC -37",
    "18, 0.001, GPS_MINUS_UTC 18",
    "-17.6, 0.001, near GPS_MINUS_UTC -18",
    "43200, 1, TWELVE_HOURS 43200",
    "-43200.5, 1, TWELVE_HOURS -43200",
    "-3600, 0.001, WHOLE_HOURS -3600",
    "10800.2, 0.001, near WHOLE_HOURS 10800",
    "90000, 0.001, WHOLE_HOURS 90000",
    "-86400, 0.001, WHOLE_DAYS -86400",
    "432000, 0.5, WHOLE_DAYS 432000",
    "619315200, 0.001, GPS_WEEK_ROLLOVER 619315200",
    "-1238630400, 0.001, GPS_WEEK_ROLLOVER -1238630400",
    "1857945600, 0.001, GPS_WEEK_ROLLOVER 1857945600",
    // Four roll-overs would be after 78 years: days, that is all.
    "2477260800, 0.001, WHOLE_DAYS 2477260800",
    "4294967296, 0.001, NTP_ERA 4294967296",
    "-4294967296.4, 0.5, NTP_ERA -4294967296",
    "7.123, 0.001,",
    "5, 0.001,",
    "300.5, 0.001,",
    "0.3, 0.001,",
    "0, 0,",
    "1, 0.001,",
    "-1, 0.001,"
  })
  void shouldNameWhatAnyHostMayHave(String offset, String bound, String expected) {
    assertThat(brief(NOWHERE.explainOffset(nanos(offset), nanos(bound))))
        .isEqualTo(expected(expected));
  }

  @ParameterizedTest
  @CsvSource({
    // Local time read as UTC: behind by as much as the zone is behind UTC; and with AM for PM.
    "18000, ZONE_OFFSET 18000",
    "21600, ZONE_OFFSET 21600; ZONE_AND_TWELVE_HOURS 21600",
    "61200, ZONE_AND_TWELVE_HOURS 61200",
    "64800, ZONE_AND_TWELVE_HOURS 64800",
    "-25200, ZONE_AND_TWELVE_HOURS -25200",
    // UTC read as local time.
    "-18000, ZONE_OFFSET -18000",
    "-61200, ZONE_AND_TWELVE_HOURS -61200",
    "25200, ZONE_AND_TWELVE_HOURS 25200",
    "3600, DAYLIGHT_SHIFT 3600",
    "-3600, DAYLIGHT_SHIFT -3600",
    "43200, TWELVE_HOURS 43200",
    "57600, WHOLE_HOURS 57600",
    "86400, WHOLE_DAYS 86400"
  })
  void shouldNameTheZoneOfTheHostInSummerAndWinter(String offset, String expected) {
    long offsetNanos = nanos(offset);
    String[] alike = expected.split("; ", -1);

    for (HostZone zone : List.of(CHICAGO_SUMMER, CHICAGO_WINTER)) {
      assertThat(brief(explainer(zone).explainOffset(offsetNanos, MILLI))).containsExactly(alike);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "+01:00, -3600, local time (UTC+01:00) taken for UTC: ahead by 1 h",
    "+01:00, 3600, UTC taken for local time (UTC+01:00): behind by 1 h",
    "-05:00, 18000, local time (UTC-05:00) taken for UTC: behind by 5 h",
    "-05:00, -18000, UTC taken for local time (UTC-05:00): ahead by 5 h",
    "+05:45, -20700, local time (UTC+05:45) taken for UTC: ahead by 5 h 45 min",
    "-05:00, 61200, local time (UTC-05:00) taken for UTC and an AM/PM slip (12 h): behind by 17 h",
    "-05:00, -25200, local time (UTC-05:00) taken for UTC and an AM/PM slip (12 h): ahead by 7 h",
    "+14:00, -93600, local time (UTC+14:00) taken for UTC and an AM/PM slip (12 h): ahead by 1 day 2 h"
  })
  void shouldSayWhichWayTheZoneWasMistaken(String zone, String offset, String text) {
    List<Explanation> found = explainer(offsets(zone)).explainOffset(nanos(offset), 0);

    assertThat(found.get(0).text())
        .isEqualTo("consistent with " + text + ", residual 0.000 s, bound 0.000 s");
  }

  @Test
  void shouldPutTheZoneBeforeWhatSharesItsSize() {
    assertThat(brief(explainer(LONDON_SUMMER).explainOffset(HOUR, 0)))
        .containsExactly("ZONE_OFFSET 3600", "DAYLIGHT_SHIFT 3600");
    assertThat(brief(explainer(offsets("+12:00", "+13:00")).explainOffset(-12 * HOUR, 0)))
        .containsExactly("ZONE_OFFSET -43200", "TWELVE_HOURS -43200");
    // Local time of Auckland and AM for PM make up a day, or cancel.
    assertThat(brief(explainer(offsets("+12:00")).explainOffset(-24 * HOUR, 0)))
        .containsExactly("WHOLE_DAYS -86400");
  }

  @Test
  void shouldGetNothingFromAZoneThatIsUtc() {
    OffsetExplainer explainer = explainer(offsets("Z"));

    for (long hours = -30; hours <= 30; hours++) {
      assertThat(explainer.explainOffset(hours * HOUR, 0))
          .isEqualTo(NOWHERE.explainOffset(hours * HOUR, 0));
    }
  }

  @Test
  void shouldNotTakeATownsMeanTimeForAZone() {
    // London before 1847.
    assertThat(explainer(offsets("-00:01:15")).explainOffset(75 * SECOND, 0)).isEmpty();
    assertThat(brief(explainer(offsets("-00:15")).explainOffset(15 * MINUTE, 0)))
        .containsExactly("ZONE_OFFSET 900");
    assertThat(explainer(offsets("+01:00", "+01:14:59")).explainOffset(899 * SECOND, 0)).isEmpty();
    assertThat(brief(explainer(offsets("+01:00", "+01:15")).explainOffset(15 * MINUTE, 0)))
        .containsExactly("DAYLIGHT_SHIFT 900");
  }

  @ParameterizedTest
  @EnumSource(LeapNear.class)
  void shouldNameALeapSecondOnlyWhereOneIsNear(LeapNear leap) {
    OffsetExplainer explainer = explainer(leap);

    for (long offset : new long[] {SECOND, -SECOND}) {
      List<Explanation> found = explainer.explainOffset(offset, MILLI);

      assertThat(brief(found))
          .isEqualTo(leap == LeapNear.NO ? List.of() : List.of("LEAP_SECOND " + offset / SECOND));
      assertThat(found)
          .allMatch(e -> e.text().contains("none is announced") == (leap == LeapNear.MONTH_END));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "37, TAI_MINUS_UTC 37",
    "38, TAI_MINUS_UTC 38; TAI_MINUS_UTC 37",
    "42, TAI_MINUS_UTC 42; TAI_MINUS_UTC 37",
    "32, TAI_MINUS_UTC 32; TAI_MINUS_UTC 37",
    // Not told, or nonsense.
    "0, TAI_MINUS_UTC 37",
    "43, TAI_MINUS_UTC 37",
    "31, TAI_MINUS_UTC 37",
    "-2147483611, TAI_MINUS_UTC 37"
  })
  void shouldKnowTheKernelsTaiBesideOurs(int kernel, String expected) {
    OffsetExplainer explainer = withKernel(kernel);
    for (String size : expected(expected)) {
      long seconds = Long.parseLong(size.split(" ", -1)[1]);

      assertThat(brief(explainer.explainOffset(seconds * SECOND, 0))).containsExactly(size);
      assertThat(brief(explainer.explainOffset((19 - seconds) * SECOND, 0)))
          .containsExactly("GPS_MINUS_UTC " + (19 - seconds));
    }
    assertThat(explainer.explainOffset(31 * SECOND, 0)).isEmpty();
    assertThat(explainer.explainOffset(43 * SECOND, 0)).isEmpty();
  }

  @Test
  void shouldSayNothingWhereTheBoundReachesHalfWayToTheNextSize() {
    OffsetExplainer explainer = withKernel(38);

    assertThat(brief(explainer.explainOffset(37 * SECOND, 500 * MILLI - 1)))
        .containsExactly("TAI_MINUS_UTC 37");
    assertThat(explainer.explainOffset(37 * SECOND, 500 * MILLI)).isEmpty();
    assertThat(explainer.explainOffset(37 * SECOND, 500 * MILLI + 1)).isEmpty();
    assertThat(brief(explainer.explainOffset(37 * SECOND + 500 * MILLI, 0)))
        .containsExactly("near TAI_MINUS_UTC 37", "near TAI_MINUS_UTC 38");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - 1})
  void shouldBearTheEndsOfTheRange(long nanos) {
    for (long bound : new long[] {0, MINUTE, Long.MAX_VALUE}) {
      assertThat(explainer(CHICAGO_SUMMER).explainOffset(nanos, bound)).isEmpty();
      assertThat(explainer(CHICAGO_SUMMER).explainJump(nanos, bound)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 3_600_000_000_001L, 60_000_000_001L})
  void shouldSayNothingWithAHugeBound(long bound) {
    for (long offset : new long[] {37 * SECOND, 5 * HOUR, 17 * HOUR, 24 * HOUR, 1L << 62}) {
      assertThat(explainer(CHICAGO_SUMMER).explainOffset(offset, bound)).isEmpty();
    }
  }

  @Test
  void shouldRefuseANegativeBound() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NOWHERE.explainOffset(SECOND, -1))
        .withMessageContaining("-1");
  }
}
