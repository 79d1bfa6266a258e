package com.ibstream.clocksync.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.FeedFacts;
import com.ibstream.clocksync.market.MarketPhase.State;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tick overrides a table, unknown is trading, and several markets are one. */
class MarketPhaseTest {

  private static final long SECOND = 1_000_000_000L;

  private static final MarketPhase CLOSED =
      new MarketPhase(State.CLOSED, "no session", OptionalLong.of(20));

  private static FeedFacts feed(OptionalLong lastAgeNanos) {
    return new FeedFacts(
        "mnq",
        1,
        0,
        lastAgeNanos,
        0,
        0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        FeedFacts.Lateness.UNKNOWN,
        FeedFacts.Lateness.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, TRADING",
    "60, 0, TRADING",
    "61, 0, CLOSED",
    "30, 30, TRADING",
    "30, 31, CLOSED",
    "30, -5, TRADING",
    "9000000000, 9000000000, CLOSED"
  })
  void shouldTradeWhileTicksComeIn(long ageSeconds, long sinceLookSeconds, State expected) {
    long asOf = Long.MAX_VALUE - 10;

    MarketPhase phase =
        CLOSED.with(
            List.of(feed(OptionalLong.empty()), feed(OptionalLong.of(ageSeconds * SECOND))),
            asOf,
            asOf + sinceLookSeconds * SECOND);

    assertThat(phase.state()).isEqualTo(expected);
    assertThat(phase.isTradingAssumed()).isEqualTo(expected == State.TRADING);
    assertThat(phase.reason()).contains("no session");
  }

  @Test
  void shouldStayWhatItIsWithoutTicks() {
    MarketPhase trading = new MarketPhase(State.TRADING, "open", OptionalLong.of(9));

    assertThat(CLOSED.with(List.of(), 0, 0)).isSameAs(CLOSED);
    assertThat(CLOSED.with(List.of(feed(OptionalLong.empty())), 0, 0)).isSameAs(CLOSED);
    assertThat(trading.with(List.of(feed(OptionalLong.of(1))), 0, 0)).isSameAs(trading);
  }

  @Test
  void shouldAssumeTradingWhenNothingIsKnown() {
    MarketPhase phase = MarketHours.NEVER_KNOWN.phase(0, 0);

    assertThat(phase.state()).isEqualTo(State.UNKNOWN);
    assertThat(phase.isTradingAssumed()).isTrue();
    assertThat(phase.reason()).contains("no trading hours");
  }

  @Test
  void shouldTakeSomebodyElsesFailureForUnknown() {
    MarketHours failing =
        (earliest, latest) -> {
          throw new IllegalStateException("broken");
        };

    assertThat(failing.phaseOrUnknown(0, 0).state()).isEqualTo(State.UNKNOWN);
    assertThat(failing.phaseOrUnknown(0, 0).reason()).contains("broken");
  }

  @Test
  void shouldBeClosedWhenEveryMarketIs() {
    MarketHours closed = (earliest, latest) -> CLOSED;
    MarketHours sooner =
        (earliest, latest) -> new MarketPhase(State.CLOSED, "x", OptionalLong.of(10));
    MarketHours never =
        (earliest, latest) -> new MarketPhase(State.CLOSED, "y", OptionalLong.empty());
    MarketHours open =
        (earliest, latest) -> new MarketPhase(State.TRADING, "z", OptionalLong.empty());

    MarketPhase both = MarketHours.ofAll(List.of(closed, sooner)).phase(0, 0);
    assertThat(both.state()).isEqualTo(State.CLOSED);
    assertThat(both.nextChangeEpochNanos()).hasValue(10);
    assertThat(MarketHours.ofAll(List.of(closed, never)).phase(0, 0).nextChangeEpochNanos())
        .isEmpty();
    assertThat(MarketHours.ofAll(List.of(closed, open)).phase(0, 0).state())
        .isEqualTo(State.TRADING);
    assertThat(MarketHours.ofAll(List.of(MarketHours.NEVER_KNOWN, closed)).phase(0, 0).state())
        .isEqualTo(State.UNKNOWN);
    assertThat(MarketHours.ofAll(List.of()).phase(0, 0).state()).isEqualTo(State.UNKNOWN);
  }
}
