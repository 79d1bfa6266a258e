package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.seam.NameResolver;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sources that are lost and replaced, and the order in which they are asked. */
class SourceLifeScenarioTest {

  private static final long MILLI = 1_000_000;

  private final SimulatedWorld world = new SimulatedWorld(3, SimulatedMonitor.START);
  private final List<Long> lookupsMonoNanos = new ArrayList<>();
  private final List<Long> requestsMonoNanos = new ArrayList<>();

  /** The world with every lookup of a.example, and every request, written down. */
  private Seams seams() {
    Seams seams = world.seams();
    NameResolver resolver =
        (host, answer) -> {
          if (host.equals("a.example")) {
            lookupsMonoNanos.add(world.monoNanos());
          }
          seams.resolver().resolve(host, answer);
        };
    return ChangedSeams.of(seams)
        .transport(
            (server, payload, receiver) -> {
              requestsMonoNanos.add(world.monoNanos());
              return seams.transport().send(server, payload, receiver);
            })
        .resolver(resolver)
        .seams();
  }

  private ClockMonitor start(String... names) {
    return ClockMonitor.start(
        ClockMonitorConfig.builder().servers(names).slewAllowancePpm(500).build(), seams());
  }

  private SimulatedServer server(int number) {
    return world.server("192.0.2." + number).path(5 * MILLI, 5 * MILLI, 100_000);
  }

  /** Servers 192.0.2.first to last, each the address of its own name b1.example, b2.example... */
  private String[] names(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(
            number -> {
              server(number);
              world.names().name("b" + number + ".example", "192.0.2." + number);
              return "b" + number + ".example";
            })
        .toArray(String[]::new);
  }

  private static String[] and(String first, String... others) {
    return Stream.concat(Stream.of(first), Arrays.stream(others)).toArray(String[]::new);
  }

  private static List<String> addresses(ClockMonitor monitor, String server) {
    return monitor.status().sources().stream()
        .filter(source -> source.server().equals(server) && !source.address().isEmpty())
        .map(SourceFacts::address)
        .toList();
  }

  private List<Long> lookupSeconds() {
    return lookupsMonoNanos.stream()
        .map(at -> Math.round((at - lookupsMonoNanos.get(0)) / 1e9))
        .toList();
  }

  @Test
  void shouldTakeTheNewAddressInPlaceOfTheLostOneWhenAServerHasMoved() {
    world.names().name("a.example", "192.0.2.1");
    SimulatedServer old = server(1);
    ClockMonitor monitor = start(and("a.example", names(2, 4)));
    world.runFor(Duration.ofMinutes(5));
    old.silent(true);
    server(9);
    world.names().name("a.example", "192.0.2.9");

    world.runFor(Duration.ofMinutes(20));

    assertThat(addresses(monitor, "a.example")).containsExactly("192.0.2.9:123");
    assertThat(SimulatedMonitor.stateOf(monitor.status(), "a.example").isTruechimer()).isTrue();
    assertThat(monitor.status().truechimerCount()).isEqualTo(4);
    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.TRUSTED);
  }

  @Test
  void shouldTakeTheNewAddressWhenTheServerDoesNotWantUs() {
    world.names().name("a.example", "192.0.2.1", "192.0.2.9");
    server(1).identity(0, "DENY");
    server(9);
    ClockMonitor monitor = start(and("a.example", names(2, 4)));

    world.runFor(Duration.ofMinutes(3));

    assertThat(addresses(monitor, "a.example")).containsExactly("192.0.2.9:123");
    assertThat(lookupSeconds()).containsExactly(0L, 60L);
  }

  @Test
  void shouldLookUpAtMostOnceAMinuteAndEverMoreSeldomWhenNothingNewComes() {
    world.names().name("a.example", "192.0.2.1");
    server(1).identity(0, "DENY");
    ClockMonitor monitor = start(and("a.example", names(2, 4)));

    world.runFor(Duration.ofHours(5));

    assertThat(lookupSeconds())
        .containsExactly(0L, 60L, 120L, 240L, 480L, 960L, 1_920L, 3_840L, 7_440L, 11_040L, 14_640L);
    assertThat(monitor.status().sources().get(0).rejection()).contains(NtpRejection.KISS_DENY);
    assertThat(monitor.clock().isTrusted()).isTrue();
  }

  @Test
  void shouldNotLookUpAgainWhileTheServerAnswers() {
    world.names().name("a.example", "192.0.2.1");
    server(1);
    start(and("a.example", names(2, 4)));

    world.runFor(Duration.ofHours(3));

    assertThat(lookupsMonoNanos).hasSize(1);
  }

  @Test
  void shouldSayThatTheNameIsGoneWhenALostServerHasNoAddressAnyMore() {
    world.names().name("a.example", "192.0.2.1");
    SimulatedServer old = server(1);
    ClockMonitor monitor = start(and("a.example", names(2, 4)));
    world.runFor(Duration.ofMinutes(1));
    old.silent(true);
    world.names().name("a.example");

    world.runFor(Duration.ofMinutes(15));

    assertThat(monitor.status().sources())
        .filteredOn(source -> source.server().equals("a.example"))
        .extracting(source -> source.rejection().orElseThrow())
        .containsExactly(NtpRejection.TIMEOUT, NtpRejection.UNKNOWN_HOST);
    old.silent(false);
    world.runFor(Duration.ofMinutes(5));
    assertThat(monitor.status().sources()).hasSize(4);
  }

  @Test
  void shouldReplaceALostPoolMemberAndFillWhatWasShortWithoutDuplicates() {
    String[] four = {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"};
    IntStream.rangeClosed(1, 12).forEach(this::server);
    world.names().name("pool.ntp.org", four).name("us.pool.ntp.org", four);
    ClockMonitor monitor = start("pool.ntp.org", "us.pool.ntp.org");
    world.runFor(Duration.ofSeconds(30));
    int before = addresses(monitor, "us.pool.ntp.org").size();
    world.names().name("us.pool.ntp.org", "192.0.2.1", "192.0.2.5", "192.0.2.6");

    world.runFor(Duration.ofSeconds(90));
    List<String> filled = addresses(monitor, "us.pool.ntp.org");
    world.server("192.0.2.2").silent(true);
    world.names().name("pool.ntp.org", "192.0.2.1", "192.0.2.5", "192.0.2.7", "192.0.2.8");
    world.runFor(Duration.ofMinutes(20));

    assertThat(before).isZero();
    assertThat(filled).containsExactly("192.0.2.5:123", "192.0.2.6:123");
    assertThat(addresses(monitor, "pool.ntp.org"))
        .containsExactly("192.0.2.1:123", "192.0.2.3:123", "192.0.2.4:123", "192.0.2.7:123");
    assertThat(monitor.status().sources())
        .extracting(SourceFacts::address)
        .filteredOn(address -> !address.isEmpty())
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepTheOldSourceAndDropTheNewWhenTheOldAnswersFirst() {
    world.names().name("a.example", "192.0.2.1");
    SimulatedServer old = server(1);
    ClockMonitor monitor = start(and("a.example", names(2, 4)));
    world.runFor(Duration.ofMinutes(1));
    old.silent(true);
    world.names().name("a.example", "192.0.2.9"); // nobody is there

    world.runFor(Duration.ofMinutes(12));
    List<String> both = addresses(monitor, "a.example");
    old.silent(false);
    world.runFor(Duration.ofMinutes(5));

    assertThat(both).containsExactly("192.0.2.1:123", "192.0.2.9:123");
    assertThat(addresses(monitor, "a.example")).containsExactly("192.0.2.1:123");
  }

  @Test
  void shouldTakeTheNewAddressOfAWantedSingleSource() {
    world.names().name("a.example", "192.0.2.1");
    SimulatedServer old = server(1);
    ClockMonitor monitor = start("a.example");
    world.runFor(Duration.ofMinutes(5));
    old.silent(true);
    server(9);
    world.names().name("a.example", "192.0.2.9");

    world.runFor(Duration.ofMinutes(30));

    assertThat(addresses(monitor, "a.example")).containsExactly("192.0.2.9:123");
    assertThat(monitor.status().consensus()).isEqualTo(Consensus.SINGLE_SOURCE);
    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.TRUSTED);
  }

  @Test
  void shouldNotLetNewAddressesOverthrowWhatWasProvedWhenAMajorityHasDied() {
    String[] names = names(1, 5);
    ClockMonitor monitor = start(names);
    world.runFor(Duration.ofMinutes(5));
    for (int i = 1; i <= 3; i++) {
      world.server("192.0.2." + i).silent(true);
      server(10 + i).error(300 * MILLI);
      world.names().name("b" + i + ".example", "192.0.2." + (10 + i));
    }

    for (int i = 0; i < 7_200; i++) {
      world.runFor(Duration.ofMillis(500));
      if (monitor.clock().isTrusted()) {
        long errorNanos = monitor.clock().epochNanos() - world.trueEpochNanos();
        assertThat(Math.abs(errorNanos)).as("read %d", i).isLessThan(60 * MILLI);
      }
    }

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.UNTRUSTED);
    assertThat(monitor.status().reason()).isEqualTo(TrustReason.CONTRADICTION);
    IntStream.rangeClosed(1, 3).forEach(i -> world.server("192.0.2." + i));
    world.runFor(Duration.ofMinutes(10));
    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.TRUSTED);
    assertThat(monitor.status().sources()).hasSize(5);
  }

  private void assertInTurn(int leastCount) {
    assertThat(requestsMonoNanos).hasSizeGreaterThan(leastCount);
    for (int i = 1; i < requestsMonoNanos.size(); i++) {
      assertThat(requestsMonoNanos.get(i) - requestsMonoNanos.get(i - 1))
          .isGreaterThan(4_000 * MILLI);
    }
  }

  @Test
  void shouldTakeTurnsWhenTheBurstIsOver() {
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder().servers(names(1, 5)).slewAllowancePpm(0).build(), seams());
    world.runFor(Duration.ofSeconds(90));
    requestsMonoNanos.clear();
    world.runFor(Duration.ofMinutes(2));
    assertInTurn(8);

    world.runFor(Duration.ofMinutes(60)); // the interval has grown to its greatest
    requestsMonoNanos.clear();
    world.runFor(Duration.ofMinutes(30));
    assertInTurn(30);
    assertThat(monitor.clock().isTrusted()).isTrue();
  }

  @Test
  void shouldNameWhatIsDistantOrJitteryAndStillLetItVote() {
    String[] names = names(1, 5);
    world.server("192.0.2.4").path(5 * MILLI, 5 * MILLI, 12.0 * MILLI);
    world.server("192.0.2.5").path(5 * MILLI, 5 * MILLI, 100_000).root(0, 80 * MILLI);
    ClockMonitor monitor = start(names);
    world.runFor(Duration.ofMinutes(5));
    assertThat(SimulatedMonitor.stateOf(monitor.status(), "b4.example"))
        .isEqualTo(SourceState.JITTERY);
    assertThat(SimulatedMonitor.stateOf(monitor.status(), "b5.example"))
        .isEqualTo(SourceState.DISTANT);
    assertThat(monitor.status().truechimerCount()).isEqualTo(5);
  }
}
