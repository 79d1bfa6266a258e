package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks that come late, go away and return, with liars who are always quicker than the honest.
 */
class OutageScenarioTest {

  private static final Instant START = Instant.parse("2026-11-23T09:30:00Z");
  private static final long MILLI = 1_000_000L;
  private static final int WORLDS = 60;

  private final List<SimulatedServer> servers = new ArrayList<>();

  private ClockMonitor start(SimulatedWorld world, int honest, int liars, long lieNanos) {
    return start(world, honest, liars, lieNanos, true);
  }

  private ClockMonitor start(
      SimulatedWorld world, int honest, int liars, long lieNanos, boolean isSlewKnown) {
    servers.clear();
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < honest + liars; i++) {
      String address = "192.0.2." + (i + 1);
      addresses.add(address);
      boolean isLiar = i >= honest;
      servers.add(
          world
              .server(address)
              .path(isLiar ? 1 * MILLI : 15 * MILLI, isLiar ? 1 * MILLI : 15 * MILLI, 1.0 * MILLI)
              .error(isLiar ? lieNanos : 0));
    }
    ClockMonitorConfig.Builder config = ClockMonitorConfig.builder().servers(addresses);
    return ClockMonitor.start(
        (isSlewKnown ? config.slewAllowancePpm(500) : config).build(), world.seams());
  }

  private void silent(boolean isSilent) {
    servers.forEach(server -> server.silent(isSilent));
  }

  /** Runs on and checks each trusted reading; gives the number of them. */
  private static int trustedReads(
      SimulatedWorld world, ClockMonitor monitor, int count, String what) {
    Reading reading = new Reading();
    int trusted = 0;
    for (int i = 0; i < count; i++) {
      world.runFor(Duration.ofMillis(100));
      monitor.clock().read(reading);
      if (reading.isTrusted()) {
        trusted++;
        assertThat(world.trueEpochNanos())
            .as("%s, read %d: %s", what, i, reading)
            .isBetween(reading.earliestEpochNanos(), reading.latestEpochNanos());
      }
    }
    return trusted;
  }

  @ParameterizedTest
  @ValueSource(longs = {37_000 * MILLI, -61_200_000 * MILLI, 200 * MILLI, -90 * MILLI})
  void shouldNotBelieveTheLiarsThatAnswerFirstWhenTheNetworkReturns(long lieNanos) {
    for (int seed = 0; seed < WORLDS; seed++) {
      SimulatedWorld world = new SimulatedWorld(seed, START);
      ClockMonitor monitor = start(world, 3, 2, lieNanos);
      world.rulerErrorPpm(new SplittableRandom(seed).nextDouble(-500, 500));
      world.runFor(Duration.ofMinutes(2));

      silent(true);
      trustedReads(world, monitor, 9_000 + 10 * seed, "seed " + seed + ", without network");
      silent(false);
      int trusted = trustedReads(world, monitor, 1_200, "seed " + seed + ", after the outage");

      assertThat(trusted).as("seed %d: trust returns within two minutes", seed).isPositive();
      assertThat(monitor.status().trust()).isEqualTo(TrustLevel.TRUSTED);
      monitor.close();
    }
  }

  @Test
  void shouldNotBelieveTheLiarsThatAnswerFirstWhenTheNetworkComesAfterTheStart() {
    for (int seed = 0; seed < WORLDS; seed++) {
      SimulatedWorld world = new SimulatedWorld(seed, START);
      ClockMonitor monitor = start(world, 3, 2, 37_000 * MILLI);
      silent(true);
      world.runFor(Duration.ofMillis(61_000 + 1_650L * seed));

      silent(false);
      int trusted = trustedReads(world, monitor, 900, "seed " + seed);

      assertThat(trusted).as("seed %d: trust comes within 90 s", seed).isPositive();
      monitor.close();
    }
  }

  @Test
  void shouldTrustTheTwoSurvivorsOfFourAfterTheOthersWereSilentLongEnough() {
    SimulatedWorld world = new SimulatedWorld(3, START);
    ClockMonitor monitor = start(world, 4, 0, 0);
    servers.get(0).silent(true);
    servers.get(1).silent(true);

    world.runFor(Duration.ofSeconds(20));

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.TRUSTED);
    assertThat(monitor.status().truechimerCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-514, -400, -200, 0, 200, 400, 514})
  void shouldNotFlapAndKeepWhatItSaysOfItsFutureWhenTheRulerIsAsWrongAsAllowed(
      double rulerErrorPpm) {
    SimulatedWorld world = new SimulatedWorld(5, START);
    ClockMonitor monitor = start(world, 5, 0, 0);
    world.rulerErrorPpm(rulerErrorPpm);
    trustedReads(world, monitor, 600, "first minute");
    List<TrustLevel> levels = new ArrayList<>();
    for (int i = 0; i < 3_600; i++) {
      trustedReads(world, monitor, 10, "ruler " + rulerErrorPpm);
      levels.add(monitor.status().trust());
    }
    silent(true);
    world.runFor(Duration.ofSeconds(5));
    long leftNanos = monitor.status().trustLeftNanos().orElseThrow();
    world.runFor(Duration.ofNanos(Math.round(leftNanos * 0.95)));

    assertThat(levels).containsOnly(TrustLevel.TRUSTED);
    assertThat(monitor.status().trust().isTrusted()).as("as long as it said").isTrue();
  }

  @Test
  void shouldBeInHoldoverAtOnceWhenTheServersBeginToDisagree() {
    SimulatedWorld world = new SimulatedWorld(5, START);
    ClockMonitor monitor = start(world, 2, 0, 0);
    world.runFor(Duration.ofMinutes(1));
    servers.get(0).error(500 * MILLI);

    for (int i = 0; i < 6_000 && monitor.status().consensus() != Consensus.NONE; i++) {
      world.runFor(Duration.ofMillis(100));
    }

    assertThat(monitor.status().consensus()).isEqualTo(Consensus.NONE);
    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.HOLDOVER);
    assertThat(monitor.status().reason()).isEqualTo(TrustReason.NO_CONSENSUS);
  }

  @Test
  void shouldNotTakeAServerAndItsFollowerForTwoVoices() {
    SimulatedWorld world = new SimulatedWorld(5, START);
    ClockMonitor monitor = start(world, 1, 2, 37_000 * MILLI);
    servers.get(2).identity(2, "192.0.2.2"); // follows the other liar

    world.runFor(Duration.ofMinutes(5));

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.UNKNOWN);
  }

  @Test
  void shouldExplainItsBoundAtAnyTimeAlsoWhileItIsCorrected() {
    SimulatedWorld world = new SimulatedWorld(5, START);
    ClockMonitor monitor = start(world, 3, 0, 0);
    world.rulerErrorPpm(300);
    for (int i = 0; i < 2_000; i++) {
      world.runFor(Duration.ofMillis(37));
      ClockStatus status = monitor.status();
      status
          .utc()
          .ifPresent(
              utc ->
                  assertThat(status.budget().orElseThrow().totalNanos())
                      .isEqualTo(utc.errorBoundNanos()));
    }
  }

  @Test
  void shouldSayThatItIsClosedAlsoWhenNothingWasEverProved() {
    SimulatedWorld world = new SimulatedWorld(5, START);
    ClockMonitor monitor = start(world, 3, 0, 0);

    monitor.close();

    assertThat(monitor.status().isClosed()).isTrue();
    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.UNKNOWN);
    world.runFor(Duration.ofMinutes(1));
    assertThat(monitor.clock().isTrusted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldNotBelieveAFewThatReturnAloneAndContradictWhatMostHadProved(boolean isSlewKnown) {
    SimulatedWorld world = new SimulatedWorld(5, START);
    ClockMonitor monitor = start(world, 3, 2, 0, isSlewKnown);
    world.runFor(Duration.ofMinutes(2));
    silent(true);
    world.runFor(Duration.ofMinutes(1));
    for (SimulatedServer liar : servers.subList(3, 5)) {
      liar.error(300 * MILLI).silent(false);
    }

    trustedReads(world, monitor, 6_000, "two of five are back, and lie");

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.UNTRUSTED);
    assertThat(monitor.status().reason()).isEqualTo(TrustReason.CONTRADICTION);
    silent(false);
    assertThat(trustedReads(world, monitor, 1_200, "all are back")).isPositive();
    if (isSlewKnown) {
      assertThat(monitor.status().trust()).isEqualTo(TrustLevel.TRUSTED);
    }
  }

  @Test
  void shouldForgetTheOldLiesOfAServerThatHasMendedItsWays() {
    SimulatedWorld world = new SimulatedWorld(5, START);
    ClockMonitor monitor = start(world, 4, 1, 300 * MILLI);
    world.runFor(Duration.ofMinutes(10));
    servers.get(4).error(0);

    for (int i = 0; i < 1_200; i++) {
      world.runFor(Duration.ofMillis(500));
      long error = monitor.clock().epochNanos() - world.trueEpochNanos();
      assertThat(Math.abs(error)).as("error at read %d", i).isLessThan(2 * MILLI);
    }
    assertThat(monitor.status().sampleStatistics().rangeNanos()).isLessThan(50.0 * MILLI);
    assertThat(monitor.status().truechimerCount()).isEqualTo(5);
  }
}
