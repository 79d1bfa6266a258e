package com.ibstream.clocksync.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.market.MarketPhase.State;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What IB lists, in its newer and its older form. */
class IbHoursTest {

  private static final String ZONE = "US/Eastern";

  /** Wednesday to Monday around Thanksgiving. */
  private static final String STOCK =
      "20261125:0400-20261125:2000;20261126:CLOSED;20261127:0400-20261127:1700;"
          + "20261128:CLOSED;20261129:CLOSED;20261130:0400-20261130:2000";

  private static final String FUTURE =
      "20261125:1700-20261126:1600;20261126:1700-20261127:1600;20261128:CLOSED;"
          + "20261129:1700-20261130:1600";

  private static long nanos(String instant) {
    return TradingSessionsTest.nanos(instant);
  }

  /** As if retrieved an hour before. */
  private static MarketPhase at(String hours, String zone, String instant) {
    long then = nanos(instant);
    return TradingSessions.ofIb(hours, zone, then - Duration.ofHours(1).toNanos()).at(then, then);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T04:59:00Z, UNKNOWN",
    "2026-11-25T05:01:00Z, CLOSED",
    "2026-11-25T08:58:59Z, CLOSED",
    "2026-11-25T08:59:00Z, TRADING",
    "2026-11-26T01:01:00Z, TRADING",
    "2026-11-26T01:02:00Z, CLOSED",
    "2026-11-26T17:00:00Z, CLOSED",
    "2026-11-27T22:00:00Z, TRADING",
    "2026-11-27T22:02:00Z, CLOSED",
    "2026-12-01T01:30:00Z, CLOSED",
    "2026-12-01T04:59:00Z, UNKNOWN",
    "2026-12-01T12:00:00Z, UNKNOWN",
    "2026-11-01T12:00:00Z, UNKNOWN"
  })
  void shouldBelieveClosedOnlyOnListedDays(String instant, State expected) {
    assertThat(at(STOCK, ZONE, instant).state()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // what was before the first session is not listed, and those go over midnight
    "2026-11-25T15:00:00Z, UNKNOWN",
    "2026-11-25T23:00:00Z, TRADING",
    "2026-11-26T22:30:00Z, CLOSED",
    "2026-11-27T22:30:00Z, CLOSED",
    "2026-11-28T12:00:00Z, CLOSED",
    "2026-11-29T21:00:00Z, CLOSED",
    "2026-11-29T23:00:00Z, TRADING",
    "2026-11-30T22:00:00Z, TRADING",
    // what is after the last session is not listed either
    "2026-11-30T22:02:00Z, UNKNOWN"
  })
  void shouldKnowSessionsOverMidnight(String instant, State expected) {
    // in Chicago's time these would be an hour later
    String hours = FUTURE.replace("1700-", "1800-").replace(":1600", ":1700");
    assertThat(at(hours, ZONE, instant).state()).isEqualTo(expected);
    assertThat(at(FUTURE, "America/Chicago", instant).state()).isEqualTo(expected);
    assertThat(at(FUTURE, "CST (Central Standard Time)", instant).state()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T14:29:00Z, TRADING",
    "2026-11-25T17:00:00Z, CLOSED",
    "2026-11-25T20:00:00Z, TRADING",
    "2026-11-26T17:00:00Z, CLOSED",
    "2026-11-25T13:00:00Z, CLOSED"
  })
  void shouldReadTheOlderForm(String instant, State expected) {
    String hours = "20261125:0930-1130,1300-1600;20261126:closed;";

    for (String zone : new String[] {"EST (Eastern Standard Time)", "EST", "America/New_York"}) {
      assertThat(at(hours, zone, instant).state()).isEqualTo(expected);
    }
  }

  @Test
  void shouldTradeByBothMeaningsOfAnUndatedSessionOverMidnight() {
    String hours = "20261124:CLOSED;20261125:1700-1600;20261126:CLOSED;20261127:CLOSED";

    assertThat(at(hours, ZONE, "2026-11-24T22:30:00Z").state()).isEqualTo(State.TRADING);
    assertThat(at(hours, ZONE, "2026-11-25T21:30:00Z").state()).isEqualTo(State.CLOSED);
    assertThat(at(hours, ZONE, "2026-11-26T12:00:00Z").state()).isEqualTo(State.TRADING);
    assertThat(at(hours, ZONE, "2026-11-27T12:00:00Z").state()).isEqualTo(State.CLOSED);
  }

  @Test
  void shouldNotKnowADayThatIsMissingInTheMiddle() {
    String hours = "20261125:0930-20261125:1600;20261127:0930-20261127:1300";

    assertThat(at(hours, ZONE, "2026-11-26T17:00:00Z").state()).isEqualTo(State.UNKNOWN);
    assertThat(at(hours, ZONE, "2026-11-26T17:00:00Z").reason()).contains("2026-11-26");
  }

  @ParameterizedTest
  @CsvSource({
    "-3600, CLOSED",
    "-3601, UNKNOWN",
    "0, CLOSED",
    "86400, CLOSED",
    "86401, UNKNOWN",
  })
  void shouldBelieveAListForADay(long ageSeconds, State expected) {
    long now = nanos("2026-11-26T17:00:00Z");
    TradingSessions sessions = TradingSessions.ofIb(STOCK, ZONE, now - ageSeconds * 1_000_000_000L);

    assertThat(sessions.at(now, now).state()).isEqualTo(expected);
    assertThat(TradingSessions.ofIb(STOCK, ZONE, Long.MIN_VALUE).at(now, now).state())
        .isEqualTo(State.UNKNOWN);
    assertThat(TradingSessions.ofIb(STOCK, ZONE, Long.MAX_VALUE).at(now, now).state())
        .isEqualTo(State.UNKNOWN);
  }

  @Test
  void shouldSayWhenThePhaseChangesAsFarAsItIsListed() {
    assertThat(at(STOCK, ZONE, "2026-11-26T17:00:00Z").nextChangeEpochNanos())
        .hasValue(nanos("2026-11-27T08:59:00Z"));
    assertThat(at(STOCK, ZONE, "2026-11-25T17:00:00Z").nextChangeEpochNanos())
        .hasValue(nanos("2026-11-26T01:01:00Z"));
    assertThat(at(STOCK, ZONE, "2026-12-01T02:00:00Z").nextChangeEpochNanos()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "CLOSED",
        "20261126",
        "20261126:",
        "20261126:HOLIDAY",
        "20261326:CLOSED",
        "20261126:0930-1660",
        "20261126:2500-2600",
        "20261126:0930",
        "20261126:0930-20261126:0930",
        "20261126:0930-20261125:1600",
        "20261126:0930-20261226:1600",
        "0930-1600",
        "20261125:0930-20261125:1600;20261126:open",
        "20261126:CLOSED,0930-1600",
        "２０２６１１２６:CLOSED"
      })
  void shouldBelieveNothingOfAListThatIsNotUnderstood(String hours) {
    MarketPhase phase = at(hours, ZONE, "2026-11-26T17:00:00Z");

    assertThat(phase.state()).isEqualTo(State.UNKNOWN);
    assertThat(phase.reason()).startsWith("the list of sessions");
    assertThat(phase.isTradingAssumed()).isTrue();
    assertThat(TradingSessions.ofIb(hours, ZONE, 0).problem()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "GMT", "GMT (Greenwich Mean Time)", "BST", "IST", "UTC+5", "+05:00", "Mars"})
  void shouldNotGuessAZone(String zone) {
    MarketPhase phase = at(STOCK, zone, "2026-11-26T17:00:00Z");

    assertThat(phase.state()).isEqualTo(State.UNKNOWN);
    assertThat(phase.reason()).contains("time zone", "\"" + zone + "\"");
  }

  @Test
  void shouldNeverThrowOnWhatIbContractSends() {
    Random random = new Random(7);
    String alphabet = "0123456789:-;,CLOSED 2026112\n\0";
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(at(text.toString(), ZONE, "2026-11-26T17:00:00Z")).isNotNull();
    }
    assertThat(at("20261126:CLOSED;".repeat(10_000), ZONE, "2026-11-26T17:00:00Z").state())
        .isEqualTo(State.UNKNOWN);
  }
}
