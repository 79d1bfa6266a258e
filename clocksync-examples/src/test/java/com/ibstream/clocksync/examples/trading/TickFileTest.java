package com.ibstream.clocksync.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.time.Growth;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.RateBounds;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickFileTest {

  private static final long EPOCH_NANOS = 1_754_010_291_911_022_999L;

  private final AtomicLong mono = new AtomicLong();
  private final LinePublisher publisher = new LinePublisher(mono::get);

  @TempDir private Path directory;

  private Reading trusted() {
    publisher.publish(
        new LineProposal(
            0,
            EPOCH_NANOS,
            EPOCH_NANOS - 500,
            EPOCH_NANOS + 500,
            0,
            Growth.steady(RateBounds.ofClockError(1)),
            1_000_000,
            1_000_000,
            TrustReason.MAJORITY));
    return publisher.clock().read(new Reading());
  }

  @Test
  void shouldWriteTheFormatOfTheServiceWhenATickIsStamped() throws IOException {
    Path path = directory.resolve("ticks.jsonl");
    Reading stamp = trusted();

    try (TickFile file = TickFile.create(path)) {
      file.append(
          new Tick(Tick.Type.BID_ASK, 1_754_010_291_000_000L, 7, 23_260, 4, 23_260.5, 2), stamp);
      file.append(new Tick(Tick.Type.LAST, 1_754_010_291_000_000L, 8, 23_261.25, 10, 0, 0), stamp);
    }

    assertThat(Files.readAllLines(path))
        .containsExactly(
            "{\"ts\":1754010291000000,\"st\":1754010291911022,\"cid\":711280073,\"tt\":\"bid_ask\",\"rid\":7,"
                + "\"bp\":23260.0,\"bs\":4.0,\"ap\":23260.5,\"as\":2.0,\"eb_ns\":"
                + stamp.errorBoundNanos()
                + ",\"tl\":\"trusted\"}",
            "{\"ts\":1754010291000000,\"st\":1754010291911022,\"cid\":711280073,\"tt\":\"last\",\"rid\":8,"
                + "\"p\":23261.25,\"s\":10.0,\"eb_ns\":"
                + stamp.errorBoundNanos()
                + ",\"tl\":\"trusted\"}");
  }

  @Test
  void shouldRefuseWhenTheStampIsNotTrusted() throws IOException {
    Tick tick = new Tick(Tick.Type.LAST, 1, 8, 1, 1, 0, 0);

    try (TickFile file = TickFile.create(directory.resolve("ticks.jsonl"))) {
      assertThatThrownBy(() -> file.append(tick, new Reading()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("UNKNOWN");
    }
  }

  @Test
  void shouldSendWholeSecondsOfThePastWhenTheMarketTicks() {
    SyntheticMarket market = new SyntheticMarket(() -> EPOCH_NANOS, new SplittableRandom(1));

    for (int i = 0; i < 1_000; i++) {
      Tick tick = market.next();

      assertThat(tick.exchangeEpochMicros()).isEqualTo(1_754_010_291_000_000L);
      assertThat(tick.first()).isPositive();
      assertThat(tick.type() == Tick.Type.LAST || tick.second() > tick.first()).isTrue();
    }
  }

  @Test
  void shouldCountFromTheFirstTrustedStampWhenTrustComesLate() {
    StampStatistics statistics = new StampStatistics();

    statistics.count(new Reading());
    statistics.count(trusted());
    mono.addAndGet(40);
    statistics.count(publisher.clock().read(new Reading()));
    StampSummary summary = statistics.summary();

    assertThat(summary.tickCount()).isEqualTo(3);
    assertThat(summary.refusedCount()).isEqualTo(1);
    assertThat(summary.trustedShare()).isEqualTo(1);
    assertThat(summary.minStepNanos()).hasValue(40);
    assertThat(summary.maxErrorBoundNanos().orElseThrow()).isBetween(500L, 510L);
  }

  @Test
  void shouldClaimNothingWhenNothingWasStamped() {
    StampStatistics statistics = new StampStatistics();

    statistics.count(new Reading());

    assertThat(statistics.summary().trustedShare()).isZero();
    assertThat(statistics.summary().maxErrorBoundNanos()).isEmpty();
    assertThat(statistics.summary().minStepNanos()).isEmpty();
  }
}
