package com.ibstream.clocksync.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every captured state of every service, against what its name says. */
class CapturesTest {

  /** Service, folder, seconds since the unit became active, state, findings. */
  private static final String TABLE =
      """
      chrony 00-at-boot 22 SYNCHRONISED
      chrony 01-just-synced 33 SYNCHRONISED
      chrony 02-healthy-1-server 102 SYNCHRONISED
      chrony 03-restarting-8-servers 5 STARTING
      chrony 04-healthy-8-servers-mixed 80 SYNCHRONISED
      chrony 05-clock-1h-behind-first-seconds 95 UNSYNCHRONISED KERNEL_UNSYNCHRONISED
      chrony 06-clock-1h-behind-after-40s-left-alone 150 DISPUTED CLOCK_OFF_BY_OWN_REPORT KERNEL_UNSYNCHRONISED
      chrony 07-after-makestep 170 SYNCHRONISED
      chrony 08-after-restart 8 SYNCHRONISED
      chrony 09-servers-lost-30s 70 UNSYNCHRONISED REFERENCE_STALE
      chrony 10-servers-lost-150s-reach-0 200 UNSYNCHRONISED NO_SOURCE_REACHABLE REFERENCE_STALE
      chrony 11-running-never-synced-unreachable 25 STARTING NO_SOURCE_REACHABLE KERNEL_UNSYNCHRONISED
      chrony 12-service-stopped 60 INACTIVE
      ntpsec 00-at-boot-not-yet-synced 25 STARTING
      ntpsec 01-just-synced 43 SYNCHRONISED
      ntpsec 02-healthy-1-server 185 SYNCHRONISED
      ntpsec 03-restarting-8-servers 5 STARTING
      ntpsec 04-healthy-8-servers-mixed 110 SYNCHRONISED
      ntpsec 05-servers-lost-30s 160 SYNCHRONISED
      ntpsec 06-servers-lost-90s-reach-0 240 UNSYNCHRONISED NO_SOURCE_REACHABLE
      ntpsec 07-running-never-synced-unreachable 39 STARTING NO_SOURCE_REACHABLE
      ntpsec 08-service-stopped 60 INACTIVE
      ntpsec 09-service-stopped-clock-1h-behind 70 INACTIVE
      ntpsec 10-started-with-clock-1h-behind-first-seconds 5 STARTING
      ntpsec 11-recovered-by-restart 20 SYNCHRONISED
      ntpsec 12-clock-1h-behind-service-running 67 UNSYNCHRONISED KERNEL_UNSYNCHRONISED
      ntpsec 13-after-panic-exit 130 FAILED CRASHED
      ntpsec 14-clock-5min-ahead-service-running 60 DISPUTED REFERENCE_STALE KERNEL_UNSYNCHRONISED
      ntpsec 20-booted-without-any-server 47 STARTING NO_SOURCE_REACHABLE
      timesyncd 00-at-boot 26 SYNCHRONISED
      timesyncd 01-just-synced 34 SYNCHRONISED
      timesyncd 02-healthy 95 SYNCHRONISED
      timesyncd 03-clock-1h-behind-first-seconds 104 SYNCHRONISED
      timesyncd 04-clock-1h-behind-after-a-poll 112 SYNCHRONISED
      timesyncd 05-after-restart 8 SYNCHRONISED
      timesyncd 06-restarted-unreachable-NTPSynchronized-may-still-say-yes 31 STARTING
      timesyncd 07-service-stopped 4 SYNCHRONISED
      """;

  /** What the number in a unit's file name says; crashes differ, as timesyncd is restarted. */
  private static final String UNITS =
      """
      01 SYNCHRONISED
      01b SYNCHRONISED
      02 INACTIVE
      03 FAILED CRASHED
      04 FAILED CRASHED
      05 FAILED CRASHED
      06 FAILED CRASHED
      07 STARTING
      08 FAILED CRASHED
      09 FAILED RESTARTED_BY_SYSTEMD CRASHED
      10 FAILED START_LIMIT_HIT
      10b FAILED START_LIMIT_HIT
      11 INACTIVE
      12 INACTIVE MASKED
      13 INACTIVE
      16 INACTIVE
      timesyncd-03 SYNCHRONISED RESTARTED_BY_SYSTEMD
      timesyncd-04 STARTING RESTARTED_BY_SYSTEMD
      timesyncd-05 FAILED RESTARTED_BY_SYSTEMD CRASHED
      timesyncd-06 STARTING RESTARTED_BY_SYSTEMD
      """;

  record Row(
      String service, String state, long activeSeconds, State expected, Set<Finding.Kind> kinds) {

    static Row of(String line) {
      List<String> words = List.of(line.split(" ", -1));
      return new Row(
          words.get(0),
          words.get(1),
          Long.parseLong(words.get(2)),
          State.valueOf(words.get(3)),
          named(words.subList(4, words.size())));
    }
  }

  static Stream<Row> rows() {
    return TABLE.lines().map(Row::of);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldFindWhatTheFolderIsNamedAfter(Row row) {
    CapturedHost host = CapturedHost.of(row.service(), row.state());
    long now = host.nowMonoNanos(row.activeSeconds());

    ServiceFacts facts =
        host.probe(row.activeSeconds(), Optional.of(host.kernel(now)), Optional.empty());

    assertThat(facts.state()).as(facts.reason()).isEqualTo(row.expected());
    assertThat(kindsOf(facts)).isEqualTo(row.kinds());
    assertThat(facts.service().orElseThrow().word()).isEqualTo(row.service());
    assertThat(facts.reason()).isNotBlank();
    assertThat(host.calls()).hasSizeLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldEndStartingWhenItHasRunLongEnough(Row row) {
    CapturedHost host = CapturedHost.of(row.service(), row.state());

    ServiceFacts facts =
        host.probe(600, Optional.of(host.kernel(host.nowMonoNanos(600))), Optional.empty());

    assertThat(facts.state())
        .isEqualTo(row.expected() == State.STARTING ? State.UNSYNCHRONISED : row.expected())
        .isNotEqualTo(State.STARTING);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldSayThatTheVoteDisagreesWhereverTheClockIsWrong(Row row) {
    CapturedHost host = CapturedHost.of(row.service(), row.state());
    long now = host.nowMonoNanos(row.activeSeconds());
    boolean isWrong =
        Set.of("1h-behind", "5min-ahead", "panic").stream().anyMatch(row.state()::contains)
            && !row.service().equals("timesyncd") // it has corrected the clock by then
            && !row.state().startsWith("10-"); // and this one too

    ServiceFacts facts = host.probe(row.activeSeconds(), Optional.empty(), host.vote(now));

    assertThat(facts.has(Finding.Kind.VOTE_DISAGREES)).isEqualTo(isWrong);
    assertThat(facts.state()).isEqualTo(row.expected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"chrony", "ntpsec", "timesyncd"})
  void shouldKnowEveryFolder(String service) {
    List<String> folders =
        CapturedHost.folders(service).stream().map(each -> each.getFileName().toString()).toList();

    assertThat(rows().filter(row -> row.service().equals(service)).map(Row::state))
        .containsExactlyElementsOf(folders);
  }

  static Stream<Path> units() {
    return Stream.of("chrony", "ntpsec", "timesyncd")
        .flatMap(service -> CapturedHost.folders("systemd/" + service).stream())
        .filter(file -> !file.toString().contains("14-not-found"))
        .filter(file -> !file.toString().contains("15-bad-setting"));
  }

  @ParameterizedTest
  @MethodSource("units")
  void shouldReadUnitStatesFromProperties(Path file) {
    String service = file.getParent().getFileName().toString();
    String name = file.getFileName().toString();
    String number = name.substring(0, name.indexOf('-'));
    List<String> expected =
        UNITS
            .lines()
            .filter(line -> line.startsWith(service + "-" + number + " "))
            .findFirst()
            .or(() -> UNITS.lines().filter(line -> line.startsWith(number + " ")).findFirst())
            .map(line -> List.of(line.split(" ", -1)))
            .orElseThrow();

    ServiceFacts facts =
        CapturedHost.ofUnit(service, file).probe(600, Optional.empty(), Optional.empty());

    assertThat(facts.state()).as(facts.reason()).isEqualTo(State.valueOf(expected.get(1)));
    assertThat(kindsOf(facts)).isEqualTo(named(expected.subList(2, expected.size())));
    assertThat(facts.units()).hasSize(1);
    assertThat(facts.unit().orElseThrow().name())
        .isEqualTo(
            service.equals("timesyncd") ? "systemd-timesyncd.service" : service + ".service");
  }

  @Test
  void shouldNotAskAToolOfAServiceThatDoesNotRun() {
    CapturedHost host = CapturedHost.of("chrony", "12-service-stopped");

    host.probe(60, Optional.empty(), Optional.empty());

    assertThat(host.calls()).hasSize(1);
  }

  @Test
  void shouldSayWhenItLastTookATime() {
    CapturedHost host = CapturedHost.of("ntpsec", "06-servers-lost-90s-reach-0");

    ServiceFacts facts = host.probe(240, Optional.empty(), Optional.empty());

    // clock 618e.b5ad - reftime 6116.a625
    long age = facts.measuredMonoNanos() - facts.lastSynchronisedMonoNanos().orElseThrow();
    assertThat(age).isBetween(120_059_000_000L, 120_061_000_000L);
  }

  @Test
  void shouldCountTheAgeOfChronysReferenceOnItsOwnClock() {
    CapturedHost host = CapturedHost.of("chrony", "06-clock-1h-behind-after-40s-left-alone");

    ServiceFacts facts = host.probe(150, Optional.empty(), Optional.empty());

    long age = facts.measuredMonoNanos() - facts.lastSynchronisedMonoNanos().orElseThrow();
    assertThat(age).isBetween(10_000_000_000L, 20_000_000_000L);
    assertThat(facts.claim().orElseThrow().offsetNanos()).hasValue(3_596_494_628_906L);
  }

  private static Set<Finding.Kind> named(List<String> words) {
    return words.stream().map(Finding.Kind::valueOf).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Finding.Kind> kindsOf(ServiceFacts facts) {
    return Arrays.stream(Finding.Kind.values())
        .filter(facts::has)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
