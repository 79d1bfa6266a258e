package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.seam.KernelClocks;
import com.ibstream.clocksync.seam.KernelClocks.KernelReading;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.HostClockEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kernel that shows its clocks badly: nothing of it may be taken for a proof. */
class KernelFaultScenarioTest {

  private static final List<String> SERVERS =
      List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");
  private static final long MILLI = 1_000_000L;
  private static final long CHECK_NANOS = 220 * MILLI;

  private final SimulatedWorld world = new SimulatedWorld(7, Instant.parse("2026-11-23T09:30:00Z"));
  private final List<ClockEvent> events = new ArrayList<>();
  private UnaryOperator<KernelReading> fault = reading -> reading;
  private int trustedCount;
  private int wrongCount;
  private int lateWrongCount;

  private ClockMonitor start(long pathNanos) {
    world.kernelClocks(true);
    SERVERS.forEach(server -> world.server(server).path(pathNanos, pathNanos, pathNanos / 20.0));
    Seams seams = world.seams();
    KernelClocks kernel = () -> seams.kernelClocks().read().map(fault);
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder().servers(SERVERS).build(),
            ChangedSeams.of(seams).kernelClocks(kernel).seams());
    monitor.addListener(events::add);
    world.runFor(Duration.ofMinutes(10));
    events.clear();
    return monitor;
  }

  private void read(ClockMonitor monitor, Duration length, Duration step) {
    long begin = world.trueEpochNanos();
    Reading reading = new Reading();
    while (world.trueEpochNanos() - begin < length.toNanos()) {
      world.runFor(step);
      monitor.clock().read(reading);
      long truth = world.trueEpochNanos();
      boolean isWrong =
          reading.isTrusted()
              && (truth < reading.earliestEpochNanos() || truth > reading.latestEpochNanos());
      trustedCount += reading.isTrusted() ? 1 : 0;
      wrongCount += isWrong ? 1 : 0;
      lateWrongCount += isWrong && truth - begin > CHECK_NANOS ? 1 : 0;
    }
  }

  private <T extends ClockEvent> List<T> told(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void shouldNotTakeTheRulerUnderAnotherNameForARawClock() {
    fault = r -> new KernelReading(r.monoNanos(), r.widthNanos(), r.monoNanos(), r.monoNanos());
    ClockMonitor monitor = start(4 * MILLI);

    world.slew(50_000);
    read(monitor, Duration.ofSeconds(40), Duration.ofMillis(3));

    assertThat(monitor.status().isSlewAllowanceAssumed()).isTrue();
    assertThat(wrongCount).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000_000L, -1_000_000_000L, 30_000_000L, -30_000_000L})
  void shouldBelieveNoneOfTheClocksWhenTheRawClockJumps(long jumpNanos) {
    ClockMonitor monitor = start(4 * MILLI);
    fault = r -> reading(r, jumpNanos, 0);

    read(monitor, Duration.ofSeconds(60), Duration.ofMillis(3));

    assertThat(wrongCount).isZero();
    assertThat(trustedCount).as("trusted again").isGreaterThan(10_000);
    assertThat(told(HostClockEvent.ClockJumped.class)).isNotEmpty();
    assertThat(told(HostClockEvent.ClockJumped.class))
        .allMatch(HostClockEvent.ClockJumped::mayRulerHaveStood);
    assertThat(told(HostClockEvent.StampsWithdrawn.class)).hasSize(1);
  }

  private static KernelReading reading(KernelReading r, long rawNanos, long widerNanos) {
    return new KernelReading(
        r.monoNanos() + widerNanos / 2,
        r.widthNanos() + widerNanos,
        r.rawNanos() + rawNanos,
        r.bootNanos());
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000, -5_000, 50_000, -50_000})
  void shouldNotLetAnInterruptedReadingHideASlew(long slewPpm) {
    ClockMonitor monitor = start(50_000);
    world.slew((double) slewPpm);
    long onset = world.monoNanos();
    fault = r -> r.monoNanos() - onset < 210 * MILLI ? reading(r, 0, 2 * MILLI) : r;

    read(monitor, Duration.ofSeconds(2), Duration.ofMillis(1));

    assertThat(lateWrongCount).as("wrong after the look that was interrupted").isZero();
    assertThat(trustedCount).isGreaterThan(1_000);
  }

  @Test
  void shouldNotTakeInterruptedReadingsForSleep() {
    ClockMonitor monitor = start(4 * MILLI);
    SplittableRandom random = new SplittableRandom(3);
    fault =
        r -> {
          long first = interruption(random);
          long second = interruption(random);
          long all = first + second + interruption(random);
          return new KernelReading(
              r.monoNanos() + all / 2,
              r.widthNanos() + all,
              r.rawNanos() + first,
              r.bootNanos() + first + second);
        };

    read(monitor, Duration.ofMinutes(20), Duration.ofMillis(100));

    assertThat(told(HostClockEvent.ClockJumped.class)).isEmpty();
    assertThat(wrongCount).isZero();
    assertThat(trustedCount).isGreaterThan(11_900);
  }

  private static long interruption(SplittableRandom random) {
    return random.nextInt(10) == 0 ? random.nextLong(10_000, 20 * MILLI) : 0;
  }
}
