package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks and generates configurations on the command line. */
class NtpConfigCommandTest {

  private static final String GOOD_NTP =
      "pool pool.ntp.org iburst\ndriftfile /d\nrestrict default noquery\n";

  @TempDir private Path directory;

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void shouldNameFileLineAndReasonOfAnError() throws IOException {
    String ntp = file("ntp.conf", GOOD_NTP + "server 127.127.1.0\nfudge 127.127.1.0 stratum 10\n");

    Outcome outcome = Outcome.of("ntp-config", "check", ntp);

    assertThat(outcome.out())
        .startsWith(ntp + ":4: error: the host's own clock counts as a source")
        .contains("instead: remove the line");
    assertThat(outcome.out().lines()).hasSize(1);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitStatus()).isEqualTo(2);
  }

  @Test
  void shouldEndByTheWorstFinding() throws IOException {
    String good = file("ntp.conf", GOOD_NTP);
    String noted = file("timesyncd.conf", "[Time]\n");
    String warned = file("other.conf", "pool a iburst\nmakestep 1 -1\ndriftfile /d\nrtcsync\n");

    assertThat(Outcome.of("ntp-config", "check", good).out().strip())
        .isEqualTo(good + ": no mistake found");
    assertThat(Outcome.of("ntp-config", "check", good).exitStatus()).isZero();
    assertThat(Outcome.of("ntp-config", "check", noted).exitStatus()).isZero();
    assertThat(Outcome.of("ntp-config", "check", noted).out()).contains(noted + ": note: ");
    assertThat(Outcome.of("ntp-config", "check", warned).exitStatus()).isEqualTo(1);
    Outcome both = Outcome.of("ntp-config", "check", good, warned);
    assertThat(both.exitStatus()).isEqualTo(1);
    assertThat(both.out()).contains("ntpsec and chrony are both configured");
  }

  @Test
  void shouldWriteOneDocumentForProgrammes() throws IOException {
    String chrony = file("chrony.conf", "pool a iburst\nlocal\ndriftfile /d\nmakestep 1 3\n");

    Outcome outcome = Outcome.of("ntp-config", "check", "--json", chrony);

    assertThat(outcome.documents()).hasSize(1);
    JsonNode json = outcome.document();
    assertThat(json.get("status").textValue()).isEqualTo("error");
    assertThat(json.get("files").get(0).textValue()).isEqualTo(chrony);
    assertThat(json.get("findings")).hasSize(2);
    JsonNode first = json.get("findings").get(0);
    assertThat(first.get("line").intValue()).isEqualTo(2);
    assertThat(first.get("severity").textValue()).isEqualTo("error");
    assertThat(first.get("kind").textValue()).isEqualTo("local_clock");
    assertThat(first.get("reason").textValue()).isNotEmpty();
    assertThat(json.get("findings").get(1).get("line").isNull()).isTrue();
    assertThat(
            Outcome.of("ntp-config", "check", "--json", file("ntp.conf", GOOD_NTP))
                .document()
                .get("status")
                .textValue())
        .isEqualTo("good");
  }

  @Test
  void shouldSayWhichFileCannotBeRead() throws IOException {
    String missing = directory.resolve("none.conf").toString();

    Outcome outcome = Outcome.of("ntp-config", "check", file("ntp.conf", GOOD_NTP), missing);

    assertThat(outcome.exitStatus()).isEqualTo(3);
    assertThat(outcome.err()).contains("cannot read " + missing + ": there is no such file");
    assertThat(outcome.out()).isEmpty();
    assertThat(Outcome.of("ntp-config", "check", directory.toString()).exitStatus()).isEqualTo(3);
  }

  @Test
  void shouldTakeTheUsersWordForTheService() throws IOException {
    String fileName = file("x", "server a iburst\n");

    assertThat(Outcome.of("ntp-config", "check", "--service", "chrony", fileName).out())
        .contains("makestep");
    assertThat(Outcome.of("ntp-config", "check", "--service", "NTPSEC", fileName).out())
        .contains("restrict");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ntpsec", "chrony", "timesyncd"})
  void shouldGenerateWhatItFindsNothingIn(String service) throws IOException {
    Path out = directory.resolve(service + ".out");

    Outcome printed = Outcome.of("ntp-config", "generate", "--service", service);
    Outcome written =
        Outcome.of("ntp-config", "generate", "--service", service, "--out", out.toString());

    assertThat(printed.exitStatus()).isZero();
    assertThat(written).isEqualTo(new Outcome(0, "", ""));
    assertThat(out).hasContent(printed.out());
    assertThat(Outcome.of("ntp-config", "check", out.toString()).out())
        .contains("no mistake found");
  }

  @Test
  void shouldOverwriteOnlyWhenTold() throws IOException {
    String old = file("ntp.conf", "old");

    Outcome refused = Outcome.of("ntp-config", "generate", "--service", "ntpsec", "--out", old);
    assertThat(refused.exitStatus()).isEqualTo(64);
    assertThat(refused.err()).contains(old + " exists already", "--force");
    assertThat(Path.of(old)).hasContent("old");

    Outcome forced =
        Outcome.of("ntp-config", "generate", "--service", "ntpsec", "--out", old, "--force");
    assertThat(forced.exitStatus()).isZero();
    assertThat(Path.of(old)).content().startsWith("# ntpsec");
  }

  @Test
  void shouldWarnOfTooFewServersAndStillWriteTheFile() {
    Outcome outcome =
        Outcome.of(
            "ntp-config", "generate", "--service", "chrony", "--servers", "a.example, b.example");

    assertThat(outcome.exitStatus()).isZero();
    assertThat(outcome.out()).contains("server a.example iburst\nserver b.example iburst\n");
    assertThat(outcome.err()).contains("warning: only 2 sources are given");
  }
}
