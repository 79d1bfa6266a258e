package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.seam.NameResolver;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.TrustLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two literal addresses that lie alike, and three honest names whose lookups fail. */
class NameLookupScenarioTest {

  private static final long MILLI = 1_000_000;
  private static final String[] LITERALS = {"192.0.2.1", "192.0.2.2"};
  private static final String[] NAMES = {"c.example", "d.example", "e.example"};

  private final SimulatedWorld world = new SimulatedWorld(5, SimulatedMonitor.START);
  private final List<Long> lookupsMonoNanos = new ArrayList<>();

  @BeforeEach
  void settle() {
    for (String liar : LITERALS) {
      world.server(liar).path(5 * MILLI, 5 * MILLI, 100_000).error(500 * MILLI);
    }
    for (int i = 0; i < NAMES.length; i++) {
      world.server("192.0.2." + (3 + i)).path(5 * MILLI, 5 * MILLI, 100_000);
    }
  }

  private void dns(boolean isThere) {
    for (int i = 0; i < NAMES.length; i++) {
      if (isThere) {
        world.names().name(NAMES[i], "192.0.2." + (3 + i));
      } else {
        world.names().failure(NAMES[i], "SERVFAIL");
      }
    }
  }

  /** The world with every lookup of c.example written down. */
  private Seams seams() {
    Seams seams = world.seams();
    NameResolver resolver =
        (host, answer) -> {
          if (host.equals(NAMES[0])) {
            lookupsMonoNanos.add(world.monoNanos());
          }
          seams.resolver().resolve(host, answer);
        };
    return ChangedSeams.of(seams).resolver(resolver).seams();
  }

  private ClockMonitor start(String... servers) {
    return ClockMonitor.start(
        ClockMonitorConfig.builder().servers(servers).slewAllowancePpm(500).build(), seams());
  }

  private ClockMonitor startAll() {
    return start(LITERALS[0], LITERALS[1], NAMES[0], NAMES[1], NAMES[2]);
  }

  private void runNeverWrong(ClockMonitor monitor, Duration duration) {
    for (long done = 0; done < duration.toMillis(); done += 50) {
      world.runFor(Duration.ofMillis(50));
      if (monitor.clock().isTrusted()) {
        long errorNanos = monitor.clock().epochNanos() - world.trueEpochNanos();
        assertThat(Math.abs(errorNanos)).as("after %d ms", done).isLessThan(60 * MILLI);
      }
    }
  }

  private void assertHonest(ClockMonitor monitor) {
    assertThat(monitor.clock().isTrusted()).isTrue();
    for (String liar : LITERALS) {
      assertThat(SimulatedMonitor.stateOf(monitor.status(), liar))
          .isEqualTo(SourceState.FALSETICKER);
    }
  }

  /** Who answers for names by then may be somebody else. */
  @Test
  void shouldNotLetNamesThatAreFoundLateOverthrowWhatWasProved() {
    for (String honest : LITERALS) {
      world.server(honest).error(0);
    }
    for (int i = 0; i < NAMES.length; i++) {
      world.server("192.0.2." + (3 + i)).error(500 * MILLI);
    }
    dns(false);
    ClockMonitor monitor = startAll();
    runNeverWrong(monitor, Duration.ofMinutes(10));
    assertThat(monitor.clock().isTrusted()).as("two are all there is").isTrue();

    dns(true);
    runNeverWrong(monitor, Duration.ofMinutes(30));

    assertThat(monitor.status().sources()).hasSize(5);
  }

  @Test
  void shouldNotTrustTheLiarsWhenTheFirstLookupsFail() {
    dns(false);
    ClockMonitor monitor = startAll();
    runNeverWrong(monitor, Duration.ofSeconds(1));
    dns(true);

    runNeverWrong(monitor, Duration.ofSeconds(9));

    assertHonest(monitor);
  }

  @Test
  void shouldNotTrustTheLiarsWhenTwoLookupsFail() {
    dns(false);
    ClockMonitor monitor = startAll();
    runNeverWrong(monitor, Duration.ofMillis(5_500));
    dns(true);

    runNeverWrong(monitor, Duration.ofSeconds(6));

    assertHonest(monitor);
  }

  @Test
  void shouldNotTrustTheLiarsWhenTheLookupsAreSlowerThanTheirTimeLimit() {
    dns(true);
    for (String name : NAMES) {
      world.names().delay(name, Duration.ofSeconds(6));
    }
    ClockMonitor monitor = startAll();

    runNeverWrong(monitor, Duration.ofSeconds(10));

    assertHonest(monitor);
  }

  @Test
  void shouldNotTrustTheLiarsWhenTheWholeNetworkComesLate() {
    dns(false);
    world.networkDown(true);
    ClockMonitor monitor = startAll();
    runNeverWrong(monitor, Duration.ofMinutes(10));
    world.networkDown(false);
    dns(true);

    runNeverWrong(monitor, Duration.ofMinutes(2));

    assertHonest(monitor);
  }

  @Test
  void shouldTryAgainSoonAtFirstAndThenEachMinute() {
    dns(false);
    startAll();

    world.runFor(Duration.ofMinutes(3));

    assertThat(lookupsMonoNanos)
        .extracting(at -> Math.round((at - lookupsMonoNanos.get(0)) / 1e9))
        .as("the second behind the first answer of anybody")
        .containsExactly(0L, 0L, 2L, 6L, 66L, 126L);
  }

  @Test
  void shouldGoOnWithTheOthersAfterThreeFailuresWhenANameIsWrong() {
    for (String honest : LITERALS) {
      world.server(honest).error(0);
    }
    ClockMonitor monitor = start(LITERALS[0], LITERALS[1], "misspelt.pool.ntp.org");

    world.runFor(Duration.ofSeconds(5));
    TrustLevel undecided = monitor.status().trust();
    world.runFor(Duration.ofSeconds(3));

    assertThat(undecided).as("four of six may yet speak").isEqualTo(TrustLevel.UNKNOWN);
    assertThat(monitor.clock().isTrusted()).isTrue();
  }

  @Test
  void shouldAgreeAtOnceWhenOneOfThreeNamesIsWrong() {
    dns(true);
    ClockMonitor monitor = start(NAMES[0], NAMES[1], "misspelt.example");

    world.runFor(Duration.ofSeconds(1));

    assertThat(monitor.clock().isTrusted()).isTrue();
  }

  private static long unknownHostCount(ClockMonitor monitor) {
    return monitor.status().sources().stream()
        .filter(source -> source.server().equals(NAMES[0]))
        .mapToLong(source -> source.rejections().getOrDefault(NtpRejection.UNKNOWN_HOST, 0L))
        .sum();
  }

  @Test
  void shouldShowEachFailedLookupOnceAlsoWhenTheNameIsFoundAgain() {
    dns(true);
    world.names().failure(NAMES[0], "SERVFAIL");
    ClockMonitor monitor = start(NAMES);
    world.runFor(Duration.ofSeconds(5));
    dns(true);
    world.runFor(Duration.ofSeconds(55));
    assertThat(unknownHostCount(monitor)).as("with its address").isEqualTo(3);
    assertThat(monitor.status().sources()).hasSize(3);

    world.server("192.0.2.3").silent(true);
    dns(false);
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < 3_600 && unknownHostCount(monitor) < 5; i++) {
      world.runFor(Duration.ofSeconds(1));
      counts.add(unknownHostCount(monitor));
    }
    assertThat(monitor.status().sources()).as("a row of the name").hasSize(4);
    world.server("192.0.2.3").silent(false);
    world.runFor(Duration.ofMinutes(5));
    counts.add(unknownHostCount(monitor));

    assertThat(counts).isSorted().startsWith(3L).contains(4L).endsWith(5L);
    assertThat(monitor.status().sources()).hasSize(3);
  }
}
