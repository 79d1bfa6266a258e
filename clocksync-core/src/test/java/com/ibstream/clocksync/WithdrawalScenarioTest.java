package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.ntp.AddressBudgets;
import com.ibstream.clocksync.seam.KernelClocks;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustedClock;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.HostClockEvent.StampsWithdrawn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was told while the ruler was wrong is named, in the awkward moments too. */
class WithdrawalScenarioTest {

  private static final List<String> SERVERS =
      List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");
  private static final Duration SLEEP = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final SimulatedWorld world = new SimulatedWorld(3, Instant.parse("2026-11-23T09:30:00Z"));
  private final List<ClockEvent> events = new ArrayList<>();
  private final WrongStamps unnamed = new WrongStamps();
  private final Reading reading = new Reading();
  private Runnable whenStateIsAsked = () -> {};
  private MonitorCycle cycle;
  private TrustedClock clock;
  private int trustedCount;
  private int wrongCount;

  /** A kernel that is interrupted after its clocks were read. */
  private final class Kernel implements KernelClocks {
    private final KernelClocks real = world.seams().kernelClocks();

    @Override
    public Optional<KernelReading> read() {
      return real.read();
    }

    @Override
    public Optional<KernelState> state() {
      Runnable once = whenStateIsAsked;
      whenStateIsAsked = () -> {};
      once.run();
      return real.state();
    }
  }

  private void start(long pathNanos, Duration tolerance, long lookIntervalNanos) {
    world.kernelClocks(true);
    world.rulerReadNanos(50);
    SERVERS.forEach(server -> world.server(server).path(pathNanos, pathNanos, pathNanos / 25.0));
    Seams seams = ChangedSeams.of(world.seams()).kernelClocks(new Kernel()).seams();
    ClockMonitorConfig config =
        ClockMonitorConfig.builder().servers(SERVERS).tolerance(tolerance).build();
    LinePublisher publisher = new LinePublisher(world, Optional.empty());
    clock = publisher.clock();
    cycle =
        new MonitorCycle(
            config,
            seams,
            (clocks, wake) ->
                new SourcePool(config, seams, new AddressBudgets(), 4, true, clocks, wake),
            publisher,
            new MonitorCycle.Pace(config.driftWindowNanos(), lookIntervalNanos),
            new Outlets((status, changes) -> hear(changes), event -> {}));
    cycle.run();
  }

  private void hear(List<ClockEvent> changes) {
    events.addAll(changes);
    unnamed.hear(changes);
  }

  private long withdrawalCount() {
    return events.stream().filter(StampsWithdrawn.class::isInstance).count();
  }

  private void read() {
    clock.read(reading);
    long truth = world.trueEpochNanos();
    trustedCount += reading.isTrusted() ? 1 : 0;
    if (reading.isTrusted()
        && (truth < reading.earliestEpochNanos() || truth > reading.latestEpochNanos())) {
      wrongCount++;
      unnamed.add(reading.epochNanos());
    }
  }

  private void reads(int count, Duration step) {
    for (int i = 0; i < count; i++) {
      world.runFor(step);
      read();
    }
  }

  @Test
  void shouldNameWhatWasToldBeforeTheFirstAnswerOfASilentKernel() {
    start(1_000_000, Duration.ofMillis(50), LOOK.toNanos());
    world.kernelClocks(false);
    world.runFor(Duration.ofMillis(30));
    world.suspend(SLEEP, 0);

    reads(100, Duration.ofNanos(500_000));
    world.runFor(Duration.ofSeconds(5));

    assertThat(wrongCount).isPositive();
    assertThat(unnamed.takeKept()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1_100, 1_150, 1_200, 1_300, 50_000})
  void shouldNameWhatWasToldByALineThatHadJustTakenOver(long toleranceMicros) {
    start(1_000_000, Duration.ofNanos(toleranceMicros * 1_000), SimulatedCycle.NO_LOOKS_NANOS);
    world.runFor(Duration.ofMinutes(10));
    cycle.runWithLook();
    world.wallClock().step(5_000_000);
    cycle.runWithLook();
    for (int i = 0; i < 100_000 && !clock.isTrusted(); i++) {
      world.runFor(Duration.ofNanos(500_000));
    }
    world.runFor(Duration.ofMillis(5));
    world.suspend(SLEEP, 0);

    reads(38, Duration.ofMillis(5));
    cycle.runWithLook();

    System.out.printf("tolerance %,d us: %d wrong%n", toleranceMicros, wrongCount);
    assertThat(unnamed.takeKept()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"50000,20", "-50000,20", "50000,60", "5000,20"})
  void shouldNotTakeASlewForSettledBecauseTheNextLookCameAtOnce(double ppm, long onsetMillis) {
    start(50_000, Duration.ofMillis(50), SimulatedCycle.NO_LOOKS_NANOS);
    world.runFor(Duration.ofMinutes(10));
    cycle.runWithLook();
    world.runFor(LOOK.minusMillis(onsetMillis));
    world.slew(ppm);
    world.runFor(Duration.ofMillis(onsetMillis));
    cycle.runWithLook();
    world.runFor(Duration.ofNanos(20_000));
    cycle.runWithLook();

    reads(99, Duration.ofMillis(2));

    assertThat(wrongCount).isZero();
    assertThat(trustedCount).isPositive();
  }

  @Test
  void shouldNameWhatWasToldWhileALookWasHeldUp() {
    start(50_000, Duration.ofMillis(50), SimulatedCycle.NO_LOOKS_NANOS);
    world.runFor(Duration.ofMinutes(10));
    cycle.runWithLook();
    world.runFor(LOOK.minusMillis(1));
    world.slew(50_000);
    world.runFor(Duration.ofMillis(1));
    whenStateIsAsked =
        () -> {
          for (int i = 0; i < 20; i++) {
            world.stall(Duration.ofMillis(1));
            read();
          }
        };

    cycle.runWithLook();

    assertThat(wrongCount).isPositive();
    assertThat(unnamed.takeKept()).isZero();
  }

  @Test
  void shouldTakeNothingBackForALookHeldUpWhileReadsAllowForTheFastestSlew() {
    start(50_000, Duration.ofMillis(50), SimulatedCycle.NO_LOOKS_NANOS);
    world.runFor(Duration.ofMinutes(10));
    cycle.runWithLook();
    world.runFor(LOOK.minusMillis(1));
    world.slew(50_000);
    world.runFor(Duration.ofNanos(500_000));
    cycle.runWithLook();
    world.runFor(Duration.ofMillis(10));
    whenStateIsAsked =
        () -> {
          world.stall(Duration.ofMillis(8));
          read();
        };

    cycle.runWithLook();

    assertThat(trustedCount).isEqualTo(1);
    assertThat(wrongCount).isZero();
    assertThat(withdrawalCount()).isZero();
  }

  @Test
  void shouldTakeBackOnceWhatWasToldBeforeAKernelFellSilent() {
    start(1_000_000, Duration.ofMillis(50), LOOK.toNanos());
    world.runFor(Duration.ofMinutes(10));
    events.clear();
    world.kernelClocks(false);

    world.runFor(Duration.ofMinutes(1));

    assertThat(withdrawalCount()).isBetween(1L, 10L);
  }

  @Test
  void shouldSeeASleepAgainThatALookSawAndDidNotActUpon() {
    start(1_000_000, Duration.ofMillis(50), LOOK.toNanos());
    world.runFor(Duration.ofMinutes(10));
    world.suspend(SLEEP, 0);
    whenStateIsAsked =
        () -> {
          throw new OutOfMemoryError("once");
        };
    int errorCount = 0;
    try {
      world.runFor(LOOK.multipliedBy(2));
    } catch (OutOfMemoryError e) {
      errorCount++;
    }
    world.runFor(LOOK.multipliedBy(2));

    reads(120_000, Duration.ofMillis(1));

    assertThat(errorCount).isEqualTo(1);
    assertThat(wrongCount).isZero();
    assertThat(trustedCount).isPositive();
  }
}
