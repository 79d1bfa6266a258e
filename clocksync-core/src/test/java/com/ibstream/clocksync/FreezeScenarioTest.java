package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A virtual machine that is frozen with all its clocks: nothing in it can tell, until servers
 * answer again. From the moment that most of them have, what was measured before counts no more.
 */
class FreezeScenarioTest {

  @ParameterizedTest
  @CsvSource({"1,false", "2,false", "3,true", "4,true", "5,false", "6,true"})
  void shouldBelieveTheAnswersAfterAFreezeAndNotThoseBefore(long seed, boolean isKernelSeen) {
    SimulatedWorld world = new SimulatedWorld(seed, Instant.parse("2026-11-23T09:30:00Z"));
    world.kernelClocks(isKernelSeen);
    List<String> servers = List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5");
    servers.forEach(server -> world.server(server).path(5_000_000, 5_000_000, 3_000_000));
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder().servers(servers).slewAllowancePpm(500).build(),
            world.seams());
    world.runFor(Duration.ofMinutes(20));

    world.freeze(Duration.ofSeconds(10));
    long sentBefore = sentCount(monitor);
    Reading reading = new Reading();
    int wrongAfterMostHaveAnswered = 0;
    int good = 0;
    for (int i = 0; i < 30_000; i++) {
      world.runFor(Duration.ofMillis(20));
      monitor.clock().read(reading);
      boolean isRight =
          reading.earliestEpochNanos() <= world.trueEpochNanos()
              && world.trueEpochNanos() <= reading.latestEpochNanos();
      boolean haveMostAnswered = sentCount(monitor) - sentBefore > 5;
      wrongAfterMostHaveAnswered += haveMostAnswered && reading.isTrusted() && !isRight ? 1 : 0;
      good += reading.isTrusted() && isRight ? 1 : 0;
    }

    assertThat(wrongAfterMostHaveAnswered).as("%s", world).isZero();
    assertThat(good).as("trusted and right again").isGreaterThan(20_000);
  }

  /**
   * What was measured before the freeze still touches what is measured after it, and may be
   * tighter.
   */
  @ParameterizedTest
  @CsvSource({"1,38", "2,38", "3,38", "4,38", "5,38", "6,38", "7,-62", "8,-62", "9,-62", "10,-62"})
  void shouldForgetWhatWasMeasuredBeforeAShortFreezeWhenTheHostSetsTheSystemClock(
      long seed, long stepMillis) {
    SimulatedWorld world = new SimulatedWorld(seed, Instant.parse("2026-11-23T09:30:00Z"));
    world.kernelClocks(true);
    List<String> servers = List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");
    servers.forEach(server -> world.server(server).path(20_000_000, 20_000_000, 2_000_000));
    ClockMonitor monitor =
        ClockMonitor.start(ClockMonitorConfig.builder().servers(servers).build(), world.seams());
    WrongStamps wrongStamps = new WrongStamps();
    monitor.addListener(event -> wrongStamps.hear(List.of(event)));
    world.runFor(Duration.ofMinutes(20));

    world.freeze(Duration.ofMillis(38));
    world.wallClock().step(stepMillis * 1_000_000);
    Reading reading = new Reading();
    int wrong = 0;
    int good = 0;
    for (int i = 0; i < 12_000; i++) {
      world.runFor(Duration.ofMillis(50));
      monitor.clock().read(reading);
      boolean isRight =
          reading.earliestEpochNanos() <= world.trueEpochNanos()
              && world.trueEpochNanos() <= reading.latestEpochNanos();
      if (reading.isTrusted() && !isRight) {
        wrongStamps.add(reading.epochNanos());
        wrong += i >= 4 ? 1 : 0;
      }
      good += reading.isTrusted() && isRight ? 1 : 0;
    }

    assertThat(wrong).as("after the next look").isZero();
    if (stepMillis > 0) {
      assertThat(wrongStamps.takeKept()).as("before it, and not withdrawn").isZero();
    }
    assertThat(good).as("trusted and right again").isGreaterThan(10_000);
  }

  /** What was proved is wrong by the freeze; those who never answered do not stand up for it. */
  @Test
  void shouldTrustAgainAfterALongFreezeWhenHalfOfTheServersNeverAnswered() {
    SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2026-11-23T09:30:00Z"));
    world.kernelClocks(true);
    List<String> servers = List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");
    servers.forEach(server -> world.server(server).path(5_000_000, 5_000_000, 300_000));
    servers.subList(2, 4).forEach(server -> world.server(server).silent(true));
    ClockMonitor monitor =
        ClockMonitor.start(ClockMonitorConfig.builder().servers(servers).build(), world.seams());
    world.runFor(Duration.ofMinutes(20));
    assertThat(monitor.clock().isTrusted()).as("before").isTrue();

    world.freeze(Duration.ofMinutes(1));
    world.wallClock().step(60_000_000_000L);
    world.runFor(Duration.ofMinutes(10));

    Reading reading = monitor.clock().read(new Reading());
    assertThat(reading.isTrusted()).isTrue();
    assertThat(world.trueEpochNanos())
        .isBetween(reading.earliestEpochNanos(), reading.latestEpochNanos());
  }

  private static long sentCount(ClockMonitor monitor) {
    return monitor.status().sources().stream().mapToLong(source -> source.sentCount()).sum();
  }
}
