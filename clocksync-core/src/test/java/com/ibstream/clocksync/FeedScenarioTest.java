package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.facts.FeedFacts;
import com.ibstream.clocksync.market.FeedCheck;
import com.ibstream.clocksync.market.FeedSettings;
import com.ibstream.clocksync.market.IncidentTick;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.FeedEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A market feed beside the vote, without it, and against it. */
class FeedScenarioTest extends SimulatedMonitor {

  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final FeedSettings EXACT = FeedSettings.of("exact");
  private static final FeedSettings IB =
      FeedSettings.of("ib").withResolution(Duration.ofSeconds(1));

  private static FeedFacts facts(ClockMonitor monitor) {
    assertThat(monitor.status().feeds()).hasSize(1);
    return monitor.status().feeds().get(0);
  }

  /** Ten ticks a second whose stamps are off by so much, 5 ms on their way. */
  private void trade(FeedCheck feed, Duration duration, long stampErrorNanos) {
    for (long done = 0; done < duration.toMillis(); done += 100) {
      long stamp = world.trueEpochNanos() - 5 * MILLI + stampErrorNanos;
      long resolution = Math.max(1, feed.settings().resolution().toNanos());
      feed.observe(stamp - stamp % resolution);
      world.runFor(Duration.ofMillis(100));
    }
  }

  private List<FeedEvent> feedEvents() {
    return events.stream().filter(FeedEvent.class::isInstance).map(FeedEvent.class::cast).toList();
  }

  @Test
  void shouldProveASystemClockSlowThatIsSteppedBackAlthoughNoServerAnswers() {
    ClockMonitor monitor = start(3);
    servers.forEach(server -> server.silent(true));
    FeedCheck feed = monitor.feed(IB);
    trade(feed, Duration.ofMinutes(2), 0);
    assertThat(facts(monitor).systemClockSlowNanos()).isEmpty();

    world.wallClock().step(-37 * SECOND);
    world.runFor(Duration.ofMillis(250));

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.UNKNOWN);
    assertThat(facts(monitor).systemClockSlowNanos().orElseThrow())
        .isBetween(36 * SECOND, 37 * SECOND);
    assertThat(facts(monitor).trustedClockSlowNanos()).isEmpty();
    assertThat(feedEvents()).hasSize(1);
    assertThat(feedEvents().get(0)).isInstanceOf(FeedEvent.SystemClockProvedSlow.class);
    assertThat(feedEvents().get(0).isWarning()).isTrue();
    assertThat(feedEvents().get(0).text())
        .startsWith("feed ib proves that the system clock is behind by at least 36");

    world.wallClock().step(37 * SECOND);
    trade(feed, Duration.ofMinutes(1), 0);

    assertThat(facts(monitor).systemClockSlowNanos()).isEmpty();
    assertThat(feedEvents()).hasSize(2);
    assertThat(feedEvents().get(1).text())
        .isEqualTo("feed ib no longer proves the system clock behind");
    assertThat(feedEvents().get(1).isWarning()).isFalse();
  }

  @Test
  void shouldNameTheRealIncidentFromItsTwoDocumentedTicks() throws IOException {
    SimulatedWorld then =
        new SimulatedWorld(1, Instant.parse("2025-07-24T11:59:50Z").plusSeconds(37));
    then.kernelClocks(true);
    then.wallClock().step(-37 * SECOND);
    then.server(ADDRESSES[0]).silent(true);
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder().servers(ADDRESSES[0]).build(), then.seams());
    List<ClockEvent> heard = new ArrayList<>();
    monitor.addListener(heard::add);
    FeedCheck feed = monitor.feed(IB);

    for (IncidentTick tick : IncidentTick.all()) {
      then.runFor(Duration.ofNanos(tick.hostEpochNanos() - then.wallClock().epochNanos()));
      feed.observe(tick.ibEpochNanos());
    }
    then.runFor(Duration.ofSeconds(1));

    assertThat(facts(monitor).systemClockSlowNanos().orElseThrow())
        .isBetween(36 * SECOND, 37 * SECOND);
    assertThat(heard)
        .filteredOn(FeedEvent.class::isInstance)
        .extracting(ClockEvent::text)
        .singleElement()
        .asString()
        .startsWith("feed ib proves that the system clock is behind by at least 360");
  }

  @Test
  void shouldSayExactlyOnceThatAFeedContradictsTheVoteAndKeepTrust() {
    ClockMonitor monitor = start(5);
    FeedCheck feed = monitor.feed(EXACT);
    world.runFor(Duration.ofMinutes(1));
    events.clear();

    trade(feed, Duration.ofMinutes(3), 300 * MILLI);

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.TRUSTED);
    assertThat(facts(monitor).trustedClockSlowNanos().orElseThrow())
        .isBetween(200 * MILLI, 240 * MILLI); // less allowance, delay, the line's bound, and ageing
    assertThat(feedEvents())
        .filteredOn(FeedEvent.TrustedClockContradicted.class::isInstance)
        .singleElement()
        .satisfies(event -> assertThat(event.isWarning()).isTrue())
        .extracting(ClockEvent::text)
        .asString()
        .startsWith(
            "feed exact contradicts the vote: by its stamps the trusted clock is behind by at"
                + " least 2");
    assertThat(events).noneMatch(ClockEvent.TrustChanged.class::isInstance);
    assertHoldsTruth(monitor);
  }

  @Test
  void shouldStayQuietAllDayWhenTheFeedIsHonest() {
    world.rulerErrorPpm(12);
    ClockMonitor monitor = start(5);
    FeedCheck feed = monitor.feed(EXACT);

    for (int hour = 0; hour < 4; hour++) {
      trade(feed, Duration.ofMinutes(3), 0);
      world.runFor(Duration.ofMinutes(57)); // and then nothing
    }

    assertThat(facts(monitor).observedCount()).isEqualTo(4 * 1800);
    assertThat(facts(monitor).refusedCount()).isZero();
    assertThat(feedEvents()).isEmpty();
    assertThat(facts(monitor).trustedClockLateness().usualNanos().orElseThrow())
        .isBetween(4 * MILLI, 6 * MILLI);
  }

  @Test
  void shouldNoticeThatTheMachineWasFrozenAlthoughNoClockOfOursJumped() {
    ClockMonitor monitor = start(5);
    FeedCheck feed = monitor.feed(EXACT);
    trade(feed, Duration.ofMinutes(2), 0);
    servers.forEach(server -> server.silent(true)); // nobody else is there to say so
    events.clear();

    world.freeze(Duration.ofSeconds(30));
    trade(feed, Duration.ofSeconds(80), 0);

    assertThat(facts(monitor).trustedClockSlowNanos().orElseThrow())
        .isBetween(29_800 * MILLI, 30 * SECOND);
    assertThat(facts(monitor).systemClockSlowNanos().orElseThrow())
        .isBetween(29_800 * MILLI, 30 * SECOND);
    assertThat(feedEvents()).hasSize(2);
  }

  @Test
  void shouldSayOnceWhenTicksComeInLateAndOnceWhenTheyDoNot() {
    ClockMonitor monitor = start(5);
    FeedCheck feed = monitor.feed(EXACT);
    trade(feed, Duration.ofMinutes(4), 0);
    events.clear();

    trade(feed, Duration.ofMinutes(3), -600 * MILLI); // another half second on their way
    assertThat(feedEvents())
        .extracting(ClockEvent::text)
        .allMatch(text -> text.contains("come in later than usual by the"))
        .hasSize(2);
    trade(feed, Duration.ofMinutes(3), 0);

    assertThat(feedEvents())
        .extracting(event -> ((FeedEvent.LatenessChanged) event).isRaised())
        .containsExactly(true, true, false, false);
    assertThat(facts(monitor).trustedClockLateness().isRaised()).isFalse();
  }

  @Test
  void shouldTakeTheRulerAsReadAtTheSocket() {
    ClockMonitor monitor = start(3);
    FeedCheck feed = monitor.feed(EXACT);
    world.wallClock().step(-1 * SECOND);

    for (int i = 0; i < 60; i++) {
      long stamp = world.trueEpochNanos();
      long socketMonoNanos = world.monoNanos();
      world.runFor(Duration.ofMillis(900));
      feed.observe(stamp, socketMonoNanos);
    }
    world.runFor(Duration.ofSeconds(1));

    assertThat(facts(monitor).systemClockSlowNanos().orElseThrow())
        .isBetween(900 * MILLI, 950 * MILLI);
  }

  @Test
  void shouldTakeSixteenFeedsAndNoNameTwice() {
    ClockMonitor monitor = start(1);
    for (int i = 0; i < 15; i++) {
      monitor.feed(FeedSettings.of("feed-" + i));
    }

    assertThatThrownBy(() -> monitor.feed(FeedSettings.of("feed-3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is a feed of that name already: feed-3");
    monitor.feed(EXACT);
    assertThatThrownBy(() -> monitor.feed(IB))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there are 16 feeds already; no room for ib");
    world.runFor(Duration.ofSeconds(1));
    assertThat(monitor.status().feeds()).hasSize(16).last().extracting("name").isEqualTo("exact");
    monitor.close();
    assertThatThrownBy(() -> monitor.feed(IB))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the monitor is closed and judges no feed: ib");
  }
}
