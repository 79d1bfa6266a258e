package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.HostClockEvent.StampsWithdrawn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Most servers contradict what most had proved: one of the two is wrong, and nobody can tell which.
 * It is not passed over: stamps in doubt are named, and most must say so twice.
 */
class ReversalScenarioTest extends SimulatedMonitor {

  private static final long MILLI = 1_000_000L;

  private final WrongStamps wrongStamps = new WrongStamps();
  private final Reading reading = new Reading();
  private ClockMonitor monitor;
  private int wrongCount;
  private int goodCount;

  /** Reads ten times a second. */
  private void read(Duration duration) {
    for (int i = 0; i < duration.toSeconds() * 10; i++) {
      world.runFor(Duration.ofMillis(100));
      monitor.clock().read(reading);
      long truth = world.trueEpochNanos();
      if (reading.isTrusted()) {
        boolean isRight =
            reading.earliestEpochNanos() <= truth && truth <= reading.latestEpochNanos();
        goodCount += isRight ? 1 : 0;
        if (!isRight) {
          wrongCount++;
          wrongStamps.add(reading.epochNanos());
        }
      }
    }
  }

  private void lie(long nanos) {
    servers.subList(0, 3).forEach(server -> server.error(nanos));
  }

  private List<StampsWithdrawn> withdrawn() {
    return events.stream()
        .filter(StampsWithdrawn.class::isInstance)
        .map(StampsWithdrawn.class::cast)
        .toList();
  }

  private void start() {
    monitor = start(5);
    monitor.addListener(event -> wrongStamps.hear(List.of(event)));
  }

  private void startOnLan(boolean isKernelSeen) {
    world.kernelClocks(isKernelSeen);
    start();
    servers.forEach(server -> server.path(200_000, 200_000, 20_000));
  }

  @ParameterizedTest
  @ValueSource(longs = {250, -250, -400, 37_000})
  void shouldWithdrawAllThatAMajorityLiedWhenItComesBackToTheTruth(long lieMillis) {
    start();
    read(Duration.ofMinutes(20));
    assertThat(withdrawn()).isEmpty();

    lie(lieMillis * MILLI);
    read(Duration.ofMinutes(30));
    assertThat(withdrawn()).hasSize(1);
    assertThat(withdrawn().get(0).reason()).isEqualTo(TrustReason.CONTRADICTION);
    assertThat(withdrawn().get(0).monoNanos() - withdrawn().get(0).fromMonoNanos())
        .as("no more than since the last vote")
        .isLessThan(Duration.ofMinutes(6).toNanos());
    assertThat(wrongCount).as("nobody can tell").isGreaterThan(1_000);

    lie(0);
    read(Duration.ofMinutes(30));

    assertThat(withdrawn()).hasSize(2);
    assertThat(wrongStamps.takeKept()).isZero();
    goodCount = 0;
    read(Duration.ofMinutes(5));
    assertThat(goodCount).isEqualTo(3_000);
  }

  @Test
  void shouldNotTrustTheReversalUntilMostHaveSaidItAgain() {
    start();
    read(Duration.ofMinutes(20));
    List<String> seen = new ArrayList<>();
    monitor.addListener(
        event -> {
          if (event instanceof StampsWithdrawn) {
            monitor.clock().read(reading);
            seen.add(reading.isTrusted() + " " + reading.reason());
          }
        });
    long sentBefore = sentCount();
    lie(250 * MILLI);

    runUntil(() -> !withdrawn().isEmpty());
    long sentAtReversal = sentCount();
    runUntil(() -> monitor.clock().isTrusted());

    assertThat(seen).containsExactly("false " + TrustReason.CONTRADICTION);
    assertThat(sentAtReversal).isGreaterThan(sentBefore);
    assertThat(sentCount() - sentAtReversal).as("asked again").isGreaterThanOrEqualTo(3);
  }

  /** A vote while some have spoken since the freeze and some have not spans both truths. */
  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "2, true", "1, false", "2, false"})
  void shouldNotLetAWideServerBridgeAFreeze(int wideCount, boolean isKernelSeen) {
    startOnLan(isKernelSeen);
    servers.subList(0, wideCount).forEach(server -> server.path(60 * MILLI, 60 * MILLI, 300_000));
    read(Duration.ofMinutes(40));
    assertThat(withdrawn()).isEmpty();

    world.freeze(Duration.ofMillis(30));
    read(Duration.ofMinutes(30));

    assertThat(wrongCount).as("nothing could tell").isPositive();
    assertThat(wrongStamps.takeKept()).isZero();
  }

  @Test
  void shouldLeaveStampsAloneWhereNothingHappens() {
    startOnLan(true);
    servers.subList(0, 2).forEach(server -> server.path(60 * MILLI, 60 * MILLI, 300_000));
    read(Duration.ofMinutes(70));

    assertThat(withdrawn()).isEmpty();
    assertThat(wrongCount).isZero();
  }

  /** In milliseconds; S is a sleep, F a freeze. */
  @ParameterizedTest
  @ValueSource(strings = {"250 500 0", "250 F 0", "250 S 0", "250 -250 0", "250 0 250 0"})
  void shouldWithdrawALieThatGoesHomeInSeveralSteps(String steps) {
    startOnLan(true);
    read(Duration.ofMinutes(20));

    for (String step : steps.split(" ", -1)) {
      switch (step) {
        case "S" -> world.suspend(Duration.ofSeconds(10), 0);
        case "F" -> world.freeze(Duration.ofSeconds(10));
        default -> lie(Long.parseLong(step) * MILLI);
      }
      read(Duration.ofMinutes(20));
    }

    assertThat(wrongCount).isPositive();
    assertThat(wrongStamps.takeKept()).isZero();
  }

  @Test
  void shouldWithdrawALieThatDriftsAndThenEnds() {
    startOnLan(true);
    read(Duration.ofMinutes(20));
    for (int i = 0; i < 1_800; i++) {
      lie(250 * MILLI + i * 10_000L); // 10 ppm
      read(Duration.ofSeconds(1));
    }
    lie(0);
    read(Duration.ofMinutes(20));

    assertThat(wrongCount).isPositive();
    assertThat(wrongStamps.takeKept()).isZero();
  }

  @Test
  void shouldWithdrawWhatWasStampedBetweenAFreezeAndTheAnswersAfterIt() {
    start();
    read(Duration.ofMinutes(20));

    world.freeze(Duration.ofSeconds(10));
    read(Duration.ofMinutes(20));

    assertThat(wrongCount).as("nothing could tell").isPositive();
    assertThat(wrongStamps.takeKept()).isZero();
    assertThat(goodCount).isGreaterThan(20_000);
  }

  private void runUntil(BooleanSupplier isSo) {
    for (int i = 0; i < 10_000 && !isSo.getAsBoolean(); i++) {
      world.runFor(Duration.ofMillis(100));
    }
    assertThat(isSo.getAsBoolean()).as("within 1,000 s").isTrue();
  }

  private long sentCount() {
    return monitor.status().sources().stream().mapToLong(source -> source.sentCount()).sum();
  }
}
