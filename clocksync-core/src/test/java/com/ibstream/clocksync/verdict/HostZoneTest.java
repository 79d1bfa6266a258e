package com.ibstream.clocksync.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostZoneTest {

  private static long nanos(String instant) {
    Instant at = Instant.parse(instant);
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  @ParameterizedTest
  @CsvSource({
    "America/Chicago, 2025-08-08T22:00:00Z, -05:00 -06:00",
    "America/Chicago, 2025-01-15T22:00:00Z, -06:00 -05:00",
    "America/New_York, 2026-03-08T06:59:59Z, -05:00 -04:00",
    "America/New_York, 2026-03-08T07:00:00Z, -04:00 -05:00",
    "Europe/London, 2026-07-01T12:00:00Z, +01:00 Z",
    "Europe/London, 2026-12-31T23:59:59Z, Z +01:00",
    "Pacific/Auckland, 2026-07-01T00:00:00Z, +12:00 +13:00",
    "Australia/Lord_Howe, 2026-01-01T00:00:00Z, +11:00 +10:30",
    "Asia/Kathmandu, 2026-01-01T00:00:00Z, +05:45",
    "UTC, 2026-01-01T00:00:00Z, Z",
    // Turkey kept its summer time of 2016 for good.
    "Europe/Istanbul, 2016-09-10T00:00:00Z, +03:00 +02:00",
    "Europe/Istanbul, 2018-01-01T00:00:00Z, +03:00"
  })
  void shouldHoldTheOffsetInForceFirstAndTheOthersOfTheYear(
      String zone, String near, String offsets) {
    HostZone host = HostZone.of(ZoneId.of(zone), Instant.parse(near));

    assertThat(host.offsets().get(0)).isEqualTo(ZoneOffset.of(offsets.split(" ", -1)[0]));
    assertThat(host.offsets())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(offsets.split(" ", -1)).map(ZoneOffset::of).toList());
  }

  @Test
  void shouldHoldBothOffsetsOnEveryDayOfAYear() {
    Instant first = Instant.parse("2028-01-01T00:00:00Z");

    for (int day = 0; day < 366; day++) {
      HostZone zone = HostZone.of(ZoneId.of("America/Chicago"), first.plusSeconds(day * 86_400L));

      assertThat(zone.offsets())
          .containsExactlyInAnyOrder(ZoneOffset.ofHours(-5), ZoneOffset.ofHours(-6));
    }
  }

  @Test
  void shouldDropRepetitions() {
    HostZone zone = new HostZone(List.of(ZoneOffset.UTC, ZoneOffset.MAX, ZoneOffset.UTC));

    assertThat(zone.offsets()).containsExactly(ZoneOffset.UTC, ZoneOffset.MAX);
    assertThat(HostZone.NONE.offsets()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-30T23:59:59.999999999Z, NO",
    "2026-12-31T00:00:00Z, MONTH_END",
    "2027-01-01T23:59:59.999999999Z, MONTH_END",
    "2027-01-02T00:00:00Z, NO",
    "2028-02-28T12:00:00Z, NO",
    "2028-02-29T12:00:00Z, MONTH_END",
    "1969-12-31T12:00:00Z, MONTH_END"
  })
  void shouldExpectLeapSecondsAtTheEndOfAMonth(String utc, LeapNear expected) {
    assertThat(LeapNear.at(nanos(utc), false)).isEqualTo(expected);
    assertThat(LeapNear.at(nanos(utc), true)).isEqualTo(LeapNear.ANNOUNCED);
  }

  @ParameterizedTest
  @CsvSource({"-9223372036854775808", "9223372036854775807"})
  void shouldKnowTheMonthAtTheEndsOfTheRange(long utcEpochNanos) {
    // 1677-09-21 and 2262-04-11.
    assertThat(LeapNear.at(utcEpochNanos, false)).isEqualTo(LeapNear.NO);
  }
}
