package com.ibstream.clocksync.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.ibstream.clocksync.market.MarketPhase.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of every week, and their closures. */
class TradingSessionsTest {

  private static final String STOCKS = "MON-FRI 09:30-16:00 America/New_York";

  static long nanos(String instant) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.parse(instant));
  }

  private static State at(TradingSessions sessions, String instant) {
    return sessions.at(nanos(instant), nanos(instant)).state();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T14:28:59.999999999Z, CLOSED",
    "2026-11-25T14:29:00Z, TRADING",
    "2026-11-25T14:30:00Z, TRADING",
    "2026-11-25T21:00:00Z, TRADING",
    "2026-11-25T21:01:00Z, TRADING",
    "2026-11-25T21:01:00.000000001Z, CLOSED",
    "2026-11-28T17:00:00Z, CLOSED",
    "2026-11-29T17:00:00Z, CLOSED",
    "2026-11-30T17:00:00Z, TRADING",
    "2026-07-01T13:29:00Z, TRADING",
    "2026-07-01T20:02:00Z, CLOSED"
  })
  void shouldKnowTheHoursOfStocksToTheNanosecond(String instant, State expected) {
    assertThat(at(TradingSessions.weekly(STOCKS, ""), instant)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUN 18:00-FRI 17:00 America/New_York",
        "sun 18:00 - fri 17:00  US/Eastern",
        "SUN-WED 18:00-18:00 US/Eastern; THU 18:00-24:00 EST; FRI 00:00-17:00 US/Eastern",
        "MON-THU 00:00-24:00 EST5EDT\nFRI 00:00-17:00 EST5EDT\nSUN 18:00-24:00 EST5EDT"
      })
  void shouldGoOnOverMidnight(String text) {
    TradingSessions sessions = TradingSessions.weekly(text, "");

    assertThat(at(sessions, "2026-11-22T22:58:00Z")).isEqualTo(State.CLOSED);
    assertThat(at(sessions, "2026-11-22T23:00:00Z")).isEqualTo(State.TRADING);
    assertThat(at(sessions, "2026-11-25T05:00:00Z")).isEqualTo(State.TRADING);
    assertThat(at(sessions, "2026-11-26T22:30:00Z")).isEqualTo(State.TRADING);
    assertThat(at(sessions, "2026-11-27T22:00:00Z")).isEqualTo(State.TRADING);
    assertThat(at(sessions, "2026-11-27T22:02:00Z")).isEqualTo(State.CLOSED);
    assertThat(at(sessions, "2026-11-29T10:00:00Z")).isEqualTo(State.CLOSED);
  }

  @Test
  void shouldKnowTheDailyPauseOfFutures() {
    TradingSessions sessions = TradingSessions.weekly("SUN-THU 18:00-17:00 America/New_York", "");

    assertThat(at(sessions, "2026-11-25T21:30:00Z")).isEqualTo(State.TRADING);
    assertThat(at(sessions, "2026-11-25T22:30:00Z")).isEqualTo(State.CLOSED);
    assertThat(at(sessions, "2026-11-25T23:30:00Z")).isEqualTo(State.TRADING);
    assertThat(at(sessions, "2026-11-27T23:30:00Z")).isEqualTo(State.CLOSED);
  }

  @Test
  void shouldTradeAllTheTimeWhenEverySessionLastsADay() {
    for (String text : new String[] {"MON-SUN 00:00-24:00 UTC", "MON 00:00-MON 00:00 UTC"}) {
      TradingSessions sessions = TradingSessions.weekly(text, "");

      for (int hour = 0; hour < 24 * 8; hour++) {
        long then = nanos("2026-11-22T00:00:00Z") + Duration.ofHours(hour).toNanos();
        MarketPhase phase = sessions.at(then, then);
        assertThat(phase.state()).isEqualTo(State.TRADING);
        assertThat(phase.nextChangeEpochNanos()).isEmpty();
      }
    }
  }

  @Test
  void shouldTakeSeveralZonesDaysAndTimes() {
    TradingSessions sessions =
        TradingSessions.weekly(STOCKS + "; MON,WED-FRI 09:00-11:30, 12:30-15:00 Asia/Tokyo", "");

    assertThat(at(sessions, "2026-11-25T15:00:00Z")).isEqualTo(State.TRADING);
    assertThat(at(sessions, "2026-11-25T01:00:00Z")).isEqualTo(State.TRADING);
    assertThat(at(sessions, "2026-11-25T03:00:00Z")).isEqualTo(State.CLOSED);
    assertThat(at(sessions, "2026-11-25T04:00:00Z")).isEqualTo(State.TRADING);
    assertThat(at(sessions, "2026-11-24T01:00:00Z")).isEqualTo(State.CLOSED);
  }

  @Test
  void shouldBeClosedOnlyWhenItIsForTheWholeInterval() {
    TradingSessions sessions = TradingSessions.weekly(STOCKS, "");
    long before = nanos("2026-11-25T13:00:00Z");
    long after = nanos("2026-11-25T22:00:00Z");

    assertThat(sessions.at(before, nanos("2026-11-25T14:28:00Z")).state()).isEqualTo(State.CLOSED);
    assertThat(sessions.at(before, nanos("2026-11-25T14:29:00Z")).state()).isEqualTo(State.TRADING);
    assertThat(sessions.at(before, after).state()).isEqualTo(State.TRADING);
    assertThat(sessions.at(nanos("2026-11-25T21:00:30Z"), after).state()).isEqualTo(State.TRADING);
    assertThat(sessions.at(before, before + Duration.ofDays(1).toNanos() + 1).state())
        .isEqualTo(State.UNKNOWN);
    assertThat(sessions.phase(Long.MIN_VALUE, Long.MAX_VALUE).isTradingAssumed()).isTrue();
    assertThat(sessions.at(Long.MIN_VALUE, Long.MIN_VALUE)).isNotNull();
    assertThat(sessions.at(Long.MAX_VALUE, Long.MAX_VALUE)).isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> sessions.at(after, before));
  }

  @Test
  void shouldSayWhenThePhaseChanges() {
    TradingSessions sessions = TradingSessions.weekly(STOCKS, "2026-11-26");

    MarketPhase open = sessions.at(nanos("2026-11-25T15:00:00Z"), nanos("2026-11-25T15:00:01Z"));
    MarketPhase closed = sessions.at(nanos("2026-11-25T23:00:00Z"), nanos("2026-11-25T23:00:01Z"));

    assertThat(open.nextChangeEpochNanos()).hasValue(nanos("2026-11-25T21:01:00Z"));
    assertThat(closed.nextChangeEpochNanos()).hasValue(nanos("2026-11-27T14:29:00Z"));
    assertThat(closed.reason()).isEqualTo("no session until 2026-11-27T14:30:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-26T15:00:00Z, CLOSED",
    "2026-11-27T17:59:00Z, TRADING",
    "2026-11-27T18:01:00Z, TRADING",
    "2026-11-27T18:02:00Z, CLOSED",
    "2026-11-30T16:01:00Z, TRADING",
    "2026-11-30T16:30:00Z, CLOSED",
    "2026-11-30T17:00:00Z, TRADING"
  })
  void shouldKnowClosures(String instant, State expected) {
    TradingSessions sessions =
        TradingSessions.weekly(STOCKS, "2026-11-26, 2026-11-27 13:00; 2026-11-30 11:00-12:00");

    assertThat(at(sessions, instant)).isEqualTo(expected);
  }

  @Test
  void shouldCutAnOvernightSessionAtTheMidnightsOfAHoliday() {
    TradingSessions sessions =
        TradingSessions.weekly("SUN 18:00-FRI 17:00 America/New_York", "2026-12-25\n2026-11-25");

    assertThat(at(sessions, "2026-11-25T04:59:00Z")).isEqualTo(State.TRADING);
    assertThat(at(sessions, "2026-11-25T12:00:00Z")).isEqualTo(State.CLOSED);
    assertThat(at(sessions, "2026-11-26T05:00:00Z")).isEqualTo(State.TRADING);
  }

  @ParameterizedTest
  @CsvSource({
    // clocks go forward on 2026-03-08: 02:30 does not exist, and stands for 06:30Z or 07:30Z
    "SUN 02:30-05:00 America/New_York, 2026-03-08T06:30:00Z, TRADING",
    "SUN 01:00-02:30 America/New_York, 2026-03-08T07:30:00Z, TRADING",
    "SUN 02:30-05:00 America/New_York, 2026-03-08T09:02:00Z, CLOSED",
    // clocks go back on 2026-11-01: 01:30 is both 05:30Z and 06:30Z
    "SUN 01:30-05:00 America/New_York, 2026-11-01T05:30:00Z, TRADING",
    "SUN 00:00-01:30 America/New_York, 2026-11-01T06:30:00Z, TRADING",
    "SUN 00:00-01:30 America/New_York, 2026-11-01T06:32:00Z, CLOSED"
  })
  void shouldTradeByEveryMeaningOfATimeWhenClocksChange(
      String text, String instant, State expected) {
    assertThat(at(TradingSessions.weekly(text, ""), instant)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | there is none",
        "MON-FRI | MON-FRI",
        "MON-FRY 09:30-16:00 UTC | MON-FRY",
        "MON-FRI 09:30-16:00 | must be like",
        "MON-FRI 09:30-16:00 Mars/Base | unknown time zone, \"Mars/Base\"",
        "MON-FRI 09:30-16:00 GMT | unknown time zone, \"GMT\"",
        "MON-FRI 09:60-16:00 UTC | \"09:60\"",
        "MON-FRI 09:30-24:01 UTC | \"24:01\"",
        "MON-FRI 24:00-10:00 UTC | begins at 24:00",
        "MON-WED-FRI 09:30-16:00 UTC | MON-WED-FRI",
        "MON 09:30 UTC | MON 09:30 UTC"
      })
  void shouldNameTheCulpritOfASession(String text, String culprit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TradingSessions.weekly(text, ""))
        .withMessageContaining(culprit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "christmas | christmas",
        "2026-02-30 | 2026-02-30",
        "2026-12-25 25:00 | 25:00",
        "2026-12-25 13:00-12:00 | ends before",
        "2026-12-25 24:00 | begins at 24:00"
      })
  void shouldNameTheCulpritOfAClosure(String text, String culprit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TradingSessions.weekly(STOCKS, text))
        .withMessageContaining(culprit);
  }
}
