package com.ibstream.clocksync.service.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult.Outcome;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemdAnswersTest {

  private static final String UNIT =
      """
      Result=success
      NRestarts=2
      Id=ntpsec.service
      Names=ntpsec.service ntp.service ntpd.service
      LoadState=loaded
      ActiveState=active
      SubState=running
      UnitFileState=enabled
      ActiveEnterTimestampMonotonic=33203021
      """;

  private static final String MESSAGE =
      "NTPMessage={ Leap=0, Version=4, Mode=4, Stratum=1, Precision=-26, RootDelay=1.5ms,"
          + " RootDispersion=896us, Reference=GPS,"
          + " TransmitTimestamp=Sun 2026-11-22 13:56:20 CET, Ignored=no, PacketCount=3 }\n";

  private static final String TIMESYNC =
      """
      ServerName=ntp.example
      ServerAddress=10.0.2.2
      PollIntervalMinUSec=16s
      PollIntervalUSec=1min 4s
      %sFrequency=-23940119
      """
          .formatted(MESSAGE);

  private static final String SHOW =
      """
      Timezone=Europe/Berlin
      NTPSynchronized=yes
      TimeUSec=Sun 2026-11-22 13:57:06 CET
      """;

  @Test
  void shouldReadAUnitByNameInAnyOrder() {
    String reversed = String.join("\n", UNIT.lines().sorted().toList());

    UnitProperties unit = UnitProperties.parse(UNIT).value().orElseThrow().get(0);

    assertThat(UnitProperties.parse(reversed).value().orElseThrow()).containsExactly(unit);
    assertThat(unit.restartCount()).hasValue(2);
    assertThat(unit.activeEnterMonoNanos()).hasValue(33_203_021_000L);
    assertThat(unit.names()).contains("ntp.service", "ntpd.service");
  }

  @Test
  void shouldTellUnitsApartAlsoWithoutABlankLine() {
    String text = UNIT.replace("Result=success\nNRestarts=2\n", "");

    List<UnitProperties> units =
        UnitProperties.parse(text + text.replace("ntpsec", "chrony")).value().orElseThrow();

    assertThat(units).hasSize(2);
    assertThat(units.get(1).id()).isEqualTo("chrony.service");
  }

  @ParameterizedTest
  @CsvSource({
    "Id=ntpsec.service, Id=",
    "LoadState=loaded, LoadState=loa",
    "ActiveState=active, ActiveState=aktiv",
    "ActiveState=active, ActiveState=",
    "SubState=running, XubState=running",
  })
  void shouldSayThatAUnitIsUnreadable(String line, String instead) {
    assertThat(UnitProperties.parse(UNIT.replace(line, instead)).value()).isEmpty();
    assertThat(UnitProperties.parse("").value()).isEmpty();
    assertThat(UnitProperties.parse("● ntpsec.service - läuft").value()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", "-5", "99999999999999999999", "9223372036854775807", "abc"})
  void shouldNotKnowWhenAUnitBecameActive(String micros) {
    String text = UNIT.replace("33203021", micros);

    assertThat(UnitProperties.parse(text).value().orElseThrow().get(0).activeEnterMonoNanos())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "5s, 5000000000",
    "1min 4s, 64000000000",
    "34min 8s, 2048000000000",
    "51.411ms, 51411000",
    "896us, 896000",
    "22min 40.739683s, 1360739683000",
    "1h 42.764ms, 3600042764000",
    "1y 2month 3w 4d, 38977200000000000",
  })
  void shouldReadSpans(String text, long nanos) {
    assertThat(SystemdTime.spanNanos(text)).hasValue(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "infinity", "n/a", "-5s", "5", "5 s", "5s x", "1min4s", "999999999y"})
  void shouldNotReadOtherSpans(String text) {
    assertThat(SystemdTime.spanNanos(text)).isEqualTo(OptionalLong.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "Sun 2026-11-22 13:56:20 CET, Sun 2026-11-22 13:57:06 CET, 46",
    "Sun 2026-10-25 02:59:50 CEST, Sun 2026-10-25 02:00:10 CET, 20",
    "Sun 2026-03-29 01:59:50 CET, Sun 2026-03-29 03:00:10 CEST, 20",
    "Sun 2026-11-22 13:56:20 CET, Sun 2026-11-22 12:56:20 CET, -3600",
  })
  void shouldCountBetweenStamps(String from, String to, long seconds) {
    assertThat(SystemdTime.nanosBetween(from, to, "Europe/Berlin"))
        .hasValue(seconds * 1_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "n/a, Sun 2026-11-22 13:57:06 CET",
    "Sun 2026-13-22 13:56:20 CET, Sun 2026-11-22 13:57:06 CET",
    "So 22.11.2026 13:56:20 CET, Sun 2026-11-22 13:57:06 CET",
    "Sun 0001-11-22 13:56:20 CET, Sun 2026-11-22 13:57:06 CET",
  })
  void shouldNotCountBetweenOthers(String from, String to) {
    assertThat(SystemdTime.nanosBetween(from, to, "Europe/Berlin")).isEmpty();
    assertThat(SystemdTime.nanosBetween("Sun 2026-10-25 02:59:50 CEST", to, "No/Where")).isEmpty();
  }

  @Test
  void shouldReadTimesyncsMessage() {
    TimesyncStatus status = TimesyncStatus.parse(TIMESYNC, SHOW).value().orElseThrow();

    assertThat(status.server()).isEqualTo("10.0.2.2");
    assertThat(status.pollNanos()).hasValue(64_000_000_000L);
    assertThat(status.message().orElseThrow().ageNanos()).hasValue(46_000_000_000L);
    assertThat(status.message().orElseThrow().errorBoundNanos()).hasValue(1_646_000L);
    assertThat(status.isKernelSynchronised()).isTrue();
  }

  @Test
  void shouldKnowThatThereIsNoMessage() {
    TimesyncStatus status =
        TimesyncStatus.parse(TIMESYNC.replace(MESSAGE, ""), SHOW).value().orElseThrow();

    assertThat(status.message()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Frequency=-23940119, Freq",
    "PacketCount=3 }, PacketCount",
    "Leap=0, Leap=7",
    "Stratum=1, Schicht=1",
  })
  void shouldSayThatTimesyncIsUnreadable(String part, String instead) {
    assertThat(TimesyncStatus.parse(TIMESYNC.replace(part, instead), SHOW).value()).isEmpty();
    assertThat(TimesyncStatus.parse(TIMESYNC, "Timezone=UTC\n").value()).isEmpty();
    assertThat(TimesyncStatus.parse("", "").trouble()).isPresent();
  }

  @Test
  void shouldNotTakeAnExitStatusOfZeroForAnAnswer() {
    CommandResult result =
        new CommandResult(
            Outcome.EXITED, 0, "", "***Socket error; probably ntpd is not running\n\n");

    assertThat(ToolOutput.of("ntpq", result).trouble().orElseThrow().kind())
        .isEqualTo(Finding.Kind.TOOL_SILENT);
  }

  @ParameterizedTest
  @CsvSource({
    "EXITED, 1, 506 Cannot talk to daemon, TOOL_SILENT",
    "EXITED, 1, 501 Not authorised, ANSWER_UNREADABLE",
    "EXITED, 0, ' ', ANSWER_UNREADABLE",
    "TIMED_OUT, 0, half an ans, TOOL_SILENT",
    "NOT_STARTED, 0, '', TOOL_ABSENT",
  })
  void shouldSayWhyThereIsNoAnswer(Outcome outcome, int status, String output, Finding.Kind kind) {
    Answer<String> answer =
        ToolOutput.of("chronyc", new CommandResult(outcome, status, output, "Permission denied"));

    assertThat(answer.value()).isEmpty();
    assertThat(answer.trouble().orElseThrow().kind()).isEqualTo(kind);
    assertThat(answer.trouble().orElseThrow().text()).startsWith("chronyc ");
  }
}
