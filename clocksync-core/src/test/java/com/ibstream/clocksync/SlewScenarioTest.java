package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.HostClockEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The ruler is slewed as chronyd (50,000 ppm) and ntpd (500 ppm) do it: announced, when the
 * allowance says so, and not; with the raw clock in view and without.
 */
class SlewScenarioTest {

  private static final List<String> SERVERS =
      List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");
  private static final long MILLI = 1_000_000L;
  private static final long CHECK_NANOS = 200 * MILLI;
  private static final Duration STEP = Duration.ofNanos(3 * MILLI + 700_001);
  private static final Duration SLEW_LENGTH = Duration.ofSeconds(40);

  private final Reading reading = new Reading();
  private final List<ClockEvent> events = new ArrayList<>();
  private final List<Long> wrongEpochNanos = new ArrayList<>();
  private int trustedCount;
  private int readCount;
  private int lateWrongCount;

  static Stream<Arguments> slews() {
    return Stream.of(50_000, -50_000, 500, -500)
        .flatMap(
            ppm ->
                Stream.of(true, false)
                    .flatMap(
                        isSeen ->
                            Stream.of(true, false)
                                .map(isAnnounced -> Arguments.of(ppm, isSeen, isAnnounced))));
  }

  @ParameterizedTest
  @MethodSource("slews")
  void shouldHoldTheBoundFromTheNextCheckOn(int ppm, boolean isSeen, boolean isAnnounced) {
    for (long seed = 1; seed <= 5; seed++) {
      slewOnceMore(seed, ppm, isSeen, isAnnounced);
    }
    System.out.printf(
        "slewed by %,d ppm, raw clock %s, %s: %,d reads, %,d trusted, wrong until the next check"
            + " %d (all withdrawn), later %d%n",
        ppm,
        isSeen ? "seen" : "not seen",
        isAnnounced ? "announced" : "unannounced",
        readCount,
        trustedCount,
        wrongEpochNanos.size(),
        lateWrongCount);

    assertThat(lateWrongCount).as("wrong more than a check after onset or end").isZero();
    if (!isSeen || isAnnounced) {
      assertThat(wrongEpochNanos).as("nothing may be wrong at any time").isEmpty();
    }
    assertThat(trustedCount).isGreaterThan(isSeen ? readCount * 9 / 10 : 0);
    assertThat(wrongEpochNanos).allMatch(this::isWithdrawn);
  }

  private void slewOnceMore(long seed, int ppm, boolean isSeen, boolean isAnnounced) {
    SimulatedWorld world = new SimulatedWorld(seed, Instant.parse("2026-11-23T09:30:00Z"));
    world.kernelClocks(isSeen);
    world.oscillator().skewPpm(-7).wander(1e-9);
    SERVERS.forEach(server -> world.server(server).path(4 * MILLI, 4 * MILLI, 0.5 * MILLI));
    ClockMonitorConfig.Builder config = ClockMonitorConfig.builder().servers(SERVERS);
    ClockMonitor monitor =
        ClockMonitor.start(
            (isAnnounced ? config.slewAllowancePpm(Math.abs(ppm)) : config).build(), world.seams());
    monitor.addListener(events::add);
    SplittableRandom random = new SplittableRandom(seed);
    world.runFor(Duration.ofMinutes(10).plusNanos(random.nextLong(64_000 * MILLI)));
    world.slew(ppm);
    read(world, monitor);
    world.slew(0);
    read(world, monitor);
    monitor.close();
  }

  private void read(SimulatedWorld world, ClockMonitor monitor) {
    long begin = world.trueEpochNanos();
    while (world.trueEpochNanos() - begin < SLEW_LENGTH.toNanos()) {
      world.runFor(STEP);
      monitor.clock().read(reading);
      readCount++;
      long truth = world.trueEpochNanos();
      boolean isRight =
          reading.earliestEpochNanos() <= truth && truth <= reading.latestEpochNanos();
      trustedCount += reading.isTrusted() ? 1 : 0;
      if (reading.isTrusted() && !isRight) {
        lateWrongCount += truth - begin > CHECK_NANOS * 11 / 10 ? 1 : 0;
        wrongEpochNanos.add(reading.epochNanos());
      }
    }
  }

  private boolean isWithdrawn(long epochNanos) {
    return events.stream()
        .filter(HostClockEvent.StampsWithdrawn.class::isInstance)
        .map(HostClockEvent.StampsWithdrawn.class::cast)
        .anyMatch(
            span -> span.fromEpochNanos() <= epochNanos && epochNanos <= span.untilEpochNanos());
  }

  @Test
  void shouldRefuseNoStampForASlewThatReadsAllowFor() {
    for (long seed = 1; seed <= 5; seed++) {
      slewOnceMore(seed, 300, true, false);
      slewOnceMore(seed, -300, true, false);
    }

    assertThat(wrongEpochNanos).isEmpty();
    assertThat(trustedCount).isEqualTo(readCount);
    assertThat(events).noneMatch(HostClockEvent.StampsWithdrawn.class::isInstance);
  }

  @Test
  void shouldTellOfOnsetAndEndOnceEach() {
    slewOnceMore(3, 50_000, true, false);

    List<HostClockEvent.SlewChanged> changes =
        events.stream()
            .filter(HostClockEvent.SlewChanged.class::isInstance)
            .map(HostClockEvent.SlewChanged.class::cast)
            .toList();
    assertThat(changes).hasSize(2);
    assertThat(changes.get(0).text())
        .startsWith("clock is being made to run faster by 50000.0 ppm");
    assertThat(changes.get(0).isWarning()).isTrue();
    assertThat(changes.get(1).isWarning()).isFalse();
    assertThat(Math.abs(changes.get(1).toPpm())).isLessThan(10);
  }
}
