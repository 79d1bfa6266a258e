package com.ibstream.clocksync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.seam.NameResolver.Resolution;
import com.ibstream.clocksync.seam.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedWorldTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private final SimulatedWorld world = newWorld(1);

  private static SimulatedWorld newWorld(long seed) {
    return new SimulatedWorld(seed, Instant.parse("2026-11-23T09:30:00Z"));
  }

  @Test
  void shouldNotRunATaskBeforeItsInstantNorMuchLaterWhateverTheClockDoes() {
    SplittableRandom random = new SplittableRandom(3);
    world.oscillator().skewPpm(-80).wander(1e-8).swing(1, Duration.ofHours(1));
    Scheduler scheduler = world.seams().scheduler();
    int[] ran = {0};
    for (int i = 0; i < 2_000; i++) {
      long atMonoNanos = world.monoNanos() + random.nextLong(Duration.ofHours(20).toNanos());
      scheduler.schedule(
          atMonoNanos,
          () -> {
            ran[0]++;
            assertThat(world.monoNanos() - atMonoNanos).as("%s", world).isBetween(0L, 1_000L);
          });
    }
    world.after(Duration.ofHours(3), () -> world.slew(80_000));
    world.after(Duration.ofHours(4), () -> world.slew(-80_000));
    world.after(Duration.ofHours(5), () -> world.oscillator().stepPpm(40));

    world.runFor(Duration.ofHours(25));

    assertThat(ran[0]).isEqualTo(2_000);
  }

  @Test
  void shouldRunATaskAtTheFirstNanosecondOfItsInstantWhenTheClockIsSteady() {
    world.rulerErrorPpm(300);
    List<Long> late = new ArrayList<>();
    for (long ahead : new long[] {1, 999, 12_345_678_901L, 86_400 * SECOND}) {
      long atMonoNanos = world.monoNanos() + ahead;
      world
          .seams()
          .scheduler()
          .schedule(atMonoNanos, () -> late.add(world.monoNanos() - atMonoNanos));
    }

    world.runFor(Duration.ofDays(1));

    assertThat(late).containsExactly(0L, 0L, 0L, 0L);
  }

  @Test
  void shouldRunATaskThatLiesInThePastAtOnce() {
    long before = world.trueEpochNanos();
    List<Long> ran = new ArrayList<>();
    Scheduler scheduler = world.seams().scheduler();
    scheduler.schedule(world.monoNanos() - SECOND, () -> ran.add(world.trueEpochNanos() - before));

    world.runFor(Duration.ofSeconds(1));

    assertThat(ran).containsExactly(0L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2004-01-01T00:00:00Z",
        "2036-02-07T06:28:11Z",
        "2038-01-19T03:14:05Z",
        "2090-12-31T23:59:58Z"
      })
  void shouldServeTheTruthInAnyEra(Instant start) {
    SimulatedWorld then = new SimulatedWorld(1, start);
    SimulatedServer server = then.server("192.0.2.1");

    for (int i = 0; i < 10; i++) {
      long sentEpochNanos = then.trueEpochNanos();
      Asker asker = new Asker(then, server);
      then.runFor(Duration.ofSeconds(1));
      assertThat(asker.only().receiveEpochNanos()).isEqualTo(sentEpochNanos + 5 * MILLI);
    }

    assertThat(then.wallClock().epochNanos()).isEqualTo(then.trueEpochNanos());
  }

  @Test
  void shouldResolveLateOrNeverOrFailAndForget() {
    List<Resolution> answers = new ArrayList<>();
    FakeNameResolver names = world.names().name("a.test", "192.0.2.1", "2001:db8::1");
    names.delay("a.test", Duration.ofSeconds(2));

    names.resolve("a.test", answers::add);
    names.name("a.test", "192.0.2.7").hanging("b.test", true).failure("c.test", "SERVFAIL");
    names.resolve("b.test", answers::add);
    world.runFor(Duration.ofMillis(1_999));
    assertThat(answers).isEmpty();
    world.runFor(Duration.ofMillis(1));
    names.resolve("c.test", answers::add);
    names.resolve("a.test", answers::add);
    world.suspend(Duration.ofSeconds(10), 0);
    assertThat(answers).hasSize(2);
    world.runFor(Duration.ZERO);

    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).addresses()).hasSize(2);
    assertThat(answers.get(1).failure()).isEqualTo("SERVFAIL");
    assertThat(answers.get(2).addresses().get(0).getHostAddress()).isEqualTo("192.0.2.7");
    assertThatThrownBy(
            () ->
                new FakeNameResolver()
                    .delay("a.test", Duration.ofSeconds(1))
                    .resolve("a.test", answers::add))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldRepeatItselfToTheNanosecondWhenTheSeedIsTheSame() {
    assertThat(traceHash(5)).isEqualTo(traceHash(5)).isNotEqualTo(traceHash(6));
  }

  private static int traceHash(long seed) {
    SimulatedWorld world = newWorld(seed);
    world.oscillator().skewPpm(3).wander(1e-8).swing(1, Duration.ofHours(1));
    SimulatedServer server = world.server("192.0.2.1").forge(1, 0, Duration.ofMillis(50));
    server
        .path()
        .jitter(MILLI, MILLI)
        .heavyTail(0.1, 5e6, 1.5, 500e6)
        .loss(0.1, 0.1)
        .duplication(0.1);
    world.after(Duration.ofMinutes(20), () -> world.slew(200));
    int hash = 0;
    for (int i = 0; i < 500; i++) {
      Asker asker = new Asker(world, server);
      world.runFor(Duration.ofSeconds(5));
      for (Asker.Answer answer : asker.answers) {
        hash = 31 * hash + answer.packet().hashCode();
        hash = 31 * hash + Long.hashCode(answer.mono() - asker.flight.sentMonoNanos());
      }
    }
    return 31 * hash + Long.hashCode(world.monoNanos());
  }

  @Test
  void shouldNameItsSeedForTheMessageOfAFailingTest() {
    assertThat(newWorld(42)).hasToString("world with seed 42 at 2026-11-23T09:30:00Z");
  }
}
