package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.verdict.HostClockEvent.StampsWithdrawn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An oscillator that is further off than {@code frequency.tolerance.ppm}: the bounds are too narrow
 * until most servers have proved it, and what was stamped until then is withdrawn.
 */
class OscillatorScenarioTest extends SimulatedMonitor {

  private final WrongStamps wrongStamps = new WrongStamps();
  private final Reading reading = new Reading();
  private ClockMonitor monitor;
  private int wrongCount;
  private int trustedCount;

  private void start(double oscillatorPpm, long pathNanos) {
    world.rulerErrorPpm(oscillatorPpm);
    world.kernelClocks(true);
    monitor = start(5);
    monitor.addListener(event -> wrongStamps.hear(List.of(event)));
    servers.forEach(server -> server.path(pathNanos, pathNanos, pathNanos / 10.0));
  }

  /** Reads once a second. */
  private void read(Duration duration) {
    wrongCount = 0;
    trustedCount = 0;
    for (int i = 0; i < duration.toSeconds(); i++) {
      world.runFor(Duration.ofSeconds(1));
      monitor.clock().read(reading);
      long truth = world.trueEpochNanos();
      if (reading.isTrusted()) {
        trustedCount++;
        if (truth < reading.earliestEpochNanos() || truth > reading.latestEpochNanos()) {
          wrongCount++;
          wrongStamps.add(reading.epochNanos());
        }
      }
    }
  }

  private long withdrawnCount() {
    return events.stream().filter(StampsWithdrawn.class::isInstance).count();
  }

  @ParameterizedTest
  @CsvSource({
    "30,100000", "-30,100000", "60,100000", "100,100000", "30,2000000", "-30,2000000",
    "60,2000000", "30,20000000", "-60,20000000", "200,5000000", "20,1000000", "-20,100000"
  })
  void shouldWidenTheBoundOnceMostHaveProvedThatTheOscillatorIsFurtherOff(
      double oscillatorPpm, long pathNanos) {
    start(oscillatorPpm, pathNanos);

    read(Duration.ofHours(4)); // until it is proved
    int wrongBefore = wrongCount;
    int keptCount = wrongStamps.takeKept();
    read(Duration.ofHours(4));
    int wrongAfter = wrongCount;
    int trustedAfter = trustedCount;
    world.networkDown(true);
    read(Duration.ofHours(1));

    assertThat(wrongAfter + wrongCount).as("wrong, once proved").isZero();
    assertThat(trustedAfter).isGreaterThan(14_000);
    assertThat(keptCount).as("wrong and never withdrawn, of %s", wrongBefore).isZero();
    assertThat(withdrawnCount()).as("withdrawals").isLessThan(10);
  }

  /**
   * A fast clock that is only ever stepped back: each step ends what was measured, not the proof.
   */
  @Test
  void shouldProveItAlsoWhereTheHostStepsItsClockEveryFewMinutes() {
    start(30, 2_000_000);
    for (int i = 1; i < 96; i++) {
      world.after(Duration.ofMinutes(5L * i), () -> world.wallClock().step(-9_000_000));
    }

    read(Duration.ofHours(4));
    int keptCount = wrongStamps.takeKept();
    long provedCount = withdrawnCount();
    read(Duration.ofHours(4));

    assertThat(provedCount)
        .as("withdrawn when it was proved; a step back withdraws nothing")
        .isOne();
    assertThat(keptCount).as("wrong and never withdrawn").isZero();
    assertThat(wrongCount).as("wrong, once proved").isZero();
    assertThat(trustedCount).isGreaterThan(10_000);
  }

  /** Nobody can widen the bound beyond what an oscillator may be, nor stop the monitor by it. */
  @Test
  void shouldNotBeUpsetByALiarWhoProvesAnything() {
    start(60, 2_000_000);
    SimulatedServer liar = servers.get(4).root(1_000_000_000, 2_900_000_000L);
    for (int i = 1; i < 240; i++) {
      long lieNanos = i * 7_000_000_000L;
      world.after(Duration.ofSeconds(64L * i), () -> liar.error(lieNanos));
    }

    read(Duration.ofHours(2));
    int keptCount = wrongStamps.takeKept();
    read(Duration.ofHours(2));

    assertThat(keptCount).as("wrong and never withdrawn").isZero();
    assertThat(wrongCount).as("wrong, once proved").isZero();
    assertThat(monitor.status().voteAgeNanos().orElseThrow()).isLessThan(600_000_000_000L);
  }

  @Test
  void shouldNotTakeAFreezeForARate() {
    start(0, 1_000_000);
    for (int i = 0; i < 5; i++) {
      read(Duration.ofMinutes(30));
      world.freeze(Duration.ofMillis(60));
    }
    read(Duration.ofHours(1));
    world.networkDown(true);
    read(Duration.ofMinutes(30));

    assertThat(wrongCount).isZero();
    assertThat(trustedCount).as("15 ppm leave 50 ms for so long").isGreaterThan(1_700);
  }

  @Test
  void shouldNotBelieveAMinorityThatProvesIt() {
    start(0, 1_000_000);
    servers.subList(0, 2).forEach(server -> server.clock().driftPpm(40));

    read(Duration.ofHours(2));
    world.networkDown(true);
    read(Duration.ofMinutes(30));

    assertThat(wrongCount).isZero();
    assertThat(trustedCount).as("15 ppm leave 50 ms for so long").isGreaterThan(1_700);
  }
}
