package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that smear leap seconds do not vote while one is near. */
class LeapSmearingScenarioTest {

  private static final long MILLI = 1_000_000;

  private final SimulatedWorld world = new SimulatedWorld(3, SimulatedMonitor.START);
  private final List<SimulatedServer> plain = new ArrayList<>();

  private ClockMonitor start(int plainCount, int smearingCount) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= plainCount + smearingCount; i++) {
      boolean isSmearing = i > plainCount;
      SimulatedServer server = world.server("192.0.2." + i).path(5 * MILLI, 5 * MILLI, 100_000);
      if (!isSmearing) {
        plain.add(server);
      }
      String name = isSmearing ? "time" + i + ".google.com" : "b" + i + ".example";
      world.names().name(name, "192.0.2." + i);
      names.add(name);
    }
    return ClockMonitor.start(
        ClockMonitorConfig.builder().servers(names).slewAllowancePpm(500).build(), world.seams());
  }

  private static long setAside(ClockMonitor monitor) {
    return monitor.status().sources().stream()
        .filter(source -> source.state() == SourceState.SET_ASIDE)
        .count();
  }

  @Test
  void shouldNotLetSmearingServersWinWhenMostOthersAnnounceALeapSecond() {
    ClockMonitor monitor = start(3, 2);
    world.runFor(Duration.ofMinutes(5));
    long before = setAside(monitor);
    plain.forEach(server -> server.leap(1));
    world.runFor(Duration.ofMinutes(10));
    smear(4, 5);

    world.runFor(Duration.ofMinutes(10));

    assertThat(before).isZero();
    assertThat(setAside(monitor)).isEqualTo(2);
    assertThat(monitor.status().truechimerCount()).isEqualTo(3);
    assertThat(monitor.clock().isTrusted()).isTrue();
    long errorNanos = monitor.clock().epochNanos() - world.trueEpochNanos();
    assertThat(Math.abs(errorNanos)).isLessThan(5 * MILLI);
  }

  @Test
  void shouldLetNobodyWinWhenMostServersSmearAndMostOthersAnnounceALeapSecond() {
    ClockMonitor monitor = start(2, 3);
    world.runFor(Duration.ofMinutes(5));
    plain.forEach(server -> server.leap(1));
    world.runFor(Duration.ofMinutes(10));
    smear(3, 5);

    for (int i = 0; i < 3_600; i++) {
      world.runFor(Duration.ofSeconds(1));
      assertHoldsTruthIfTrusted(monitor);
    }

    assertThat(setAside(monitor)).isEqualTo(3);
    assertThat(monitor.status().truechimerCount()).isZero();
    assertThat(monitor.clock().isTrusted()).isFalse();
  }

  /** Those who announce a leap second that never comes gain no majority by it. */
  @ParameterizedTest
  @CsvSource({"1,2,true", "1,2,false", "0,3,true", "0,3,false"})
  void shouldNotLetLiarsSilenceHonestServersByAnnouncingALeapSecond(
      int honestCount, int smearingCount, boolean isLieFirst) {
    ClockMonitor monitor = start(honestCount + 2, smearingCount);
    Runnable lie = () -> plain.subList(0, 2).forEach(liar -> liar.leap(1).error(500 * MILLI));
    if (isLieFirst) {
      lie.run();
    } else {
      world.after(Duration.ofMinutes(20), lie);
    }

    for (int i = 0; i < 7_200; i++) {
      world.runFor(Duration.ofSeconds(1));
      assertHoldsTruthIfTrusted(monitor);
    }
  }

  private void smear(int first, int last) {
    for (int i = first; i <= last; i++) {
      world.server("192.0.2." + i).path(5 * MILLI, 5 * MILLI, 100_000).error(250 * MILLI);
    }
  }

  private void assertHoldsTruthIfTrusted(ClockMonitor monitor) {
    Reading reading = monitor.clock().read(new Reading());
    if (reading.isTrusted()) {
      assertThat(world.trueEpochNanos())
          .as("truth within %s", reading)
          .isBetween(reading.earliestEpochNanos(), reading.latestEpochNanos());
    }
  }

  @Test
  void shouldLetThemVoteAgainADayAfterTheAnnouncementHasEnded() {
    ClockMonitor monitor = start(3, 1);
    plain.forEach(server -> server.leap(2));
    world.runFor(Duration.ofHours(1));
    plain.forEach(server -> server.leap(0));

    world.runFor(Duration.ofHours(23));
    long within = setAside(monitor);
    world.runFor(Duration.ofHours(2));

    assertThat(within).isEqualTo(1);
    assertThat(setAside(monitor)).isZero();
    assertThat(monitor.status().truechimerCount()).isEqualTo(4);
  }

  @Test
  void shouldNotBelieveAMinorityThatAnnouncesALeapSecond() {
    ClockMonitor monitor = start(4, 1);
    plain.subList(0, 2).forEach(server -> server.leap(1));

    world.runFor(Duration.ofMinutes(10));

    assertThat(setAside(monitor)).isZero();
    assertThat(monitor.status().truechimerCount()).isEqualTo(5);
  }

  @Test
  void shouldLetSmearingServersVoteWhenThereAreNoOthers() {
    ClockMonitor monitor = start(0, 3);

    world.runFor(Duration.ofMinutes(10));

    assertThat(setAside(monitor)).isZero();
    assertThat(monitor.clock().isTrusted()).isTrue();
  }

  @Test
  void shouldKnowSmearingServersByNameAndAddressAndByWhatTheySay() {
    for (String address : List.of("192.0.2.1", "216.239.35.4", "169.254.169.123", "192.0.2.4")) {
      world.server(address);
    }
    world.server("192.0.2.4").identity(2, "254.1.2.3");
    world.names().name("time.facebook.com", "192.0.2.1").name("notgoogle.com", "192.0.2.2");
    world.server("192.0.2.2");
    ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers(
                    "time.facebook.com",
                    "notgoogle.com",
                    "216.239.35.4",
                    "169.254.169.123",
                    "192.0.2.4")
                .build(),
            world.seams());

    world.runFor(Duration.ofMinutes(1));

    assertThat(monitor.status().sources())
        .extracting(source -> source.isSmearing())
        .containsExactly(true, false, true, true, true);
  }
}
