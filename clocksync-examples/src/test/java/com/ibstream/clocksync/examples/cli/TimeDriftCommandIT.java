package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.examples.loopback.FiveServers;
import com.ibstream.clocksync.examples.loopback.LoopbackNtpServer;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures real servers on loopback, good and bad ones. */
class TimeDriftCommandIT {

  /**
   * Loopback servers take their base from the wall clock within some microseconds; NTP may slew it
   * meanwhile.
   */
  private static final double SLACK_MS = 1;

  /** Healthy, or a warning where a busy machine delays the answers by milliseconds. */
  private static final List<Integer> GOOD = List.of(0, 1);

  private final ServedTime truth = ServedTime.of(Ruler.system(), WallClock.system());

  @TempDir private Path directory;

  /** The stated bound must hold the truth, however busy this machine is. */
  private static void assertHolds(JsonNode measured, double truthMs) {
    double driftMs = measured.get("drift_ms").doubleValue();
    double boundMs = measured.get("error_bound_ms").doubleValue();
    assertThat(driftMs)
        .as("%s holds %s ms", measured, truthMs)
        .isBetween(truthMs - boundMs - SLACK_MS, truthMs + boundMs + SLACK_MS);
  }

  private static JsonNode source(JsonNode document, String server) {
    for (JsonNode source : document.get("sources")) {
      if (source.get("server").textValue().equals(server)) {
        return source;
      }
    }
    throw new AssertionError("no source " + server + " in " + document);
  }

  @Test
  void shouldOutvoteTheLiarWhenFourOfFiveAgree() throws IOException {
    try (FiveServers five = FiveServers.start(truth)) {
      Outcome outcome =
          Outcome.of("time-drift", "--json", "--servers", String.join(",", five.addresses()));
      JsonNode json = outcome.document();

      assertThat(outcome.exitStatus()).as(outcome.out()).isIn(GOOD);
      assertThat(outcome.documents()).hasSize(1);
      assertThat(outcome.err()).isEmpty();
      assertThat(json.get("consensus").textValue()).isEqualTo("majority");
      assertThat(json.get("servers").intValue()).isEqualTo(4);
      assertThat(json.get("total_servers").intValue()).isEqualTo(5);
      assertHolds(json, 0);
      assertThat(json.get("earliest_drift_ms").doubleValue())
          .isLessThanOrEqualTo(json.get("drift_ms").doubleValue());
      assertThat(json.get("latest_drift_ms").doubleValue())
          .isGreaterThanOrEqualTo(json.get("drift_ms").doubleValue());
      JsonNode liar = source(json, five.liar());
      assertThat(liar.get("state").textValue()).isEqualTo("falseticker");
      assertHolds(liar, -250);
    }
  }

  @Test
  void shouldWarnTheMonitoringWhenTheClockIsFarOff() throws IOException {
    try (LoopbackNtpServer ahead = LoopbackNtpServer.start("GPS", truth.wrongBy(20_000_000L));
        LoopbackNtpServer farAhead =
            LoopbackNtpServer.start("GPS", truth.wrongBy(37_000_000_000L))) {
      Outcome warning =
          Outcome.of("time-drift", "--json", "--samples", "2", "--servers", ahead.address());
      Outcome critical =
          Outcome.of("time-drift", "--json", "--samples", "2", "--servers", farAhead.address());

      assertThat(warning.exitStatus()).isEqualTo(1);
      assertThat(warning.document().get("consensus").textValue()).isEqualTo("single_source");
      assertHolds(warning.document(), -20);
      assertThat(critical.exitStatus()).isEqualTo(2);
      assertThat(critical.document().get("classification").textValue()).isEqualTo("critical");
      assertHolds(critical.document(), -37_000);
    }
  }

  @Test
  void shouldHaveNoAnswerWhenTwoServersDisagree() throws IOException {
    try (LoopbackNtpServer one = LoopbackNtpServer.start("GPS", truth);
        LoopbackNtpServer other = LoopbackNtpServer.start("PPS", truth.wrongBy(37_000_000_000L))) {
      Outcome outcome =
          Outcome.of("time-drift", "--json", "--servers", one.address() + "," + other.address());

      assertThat(outcome.exitStatus()).isEqualTo(3);
      assertThat(outcome.document().get("status").textValue()).isEqualTo("error");
      assertThat(outcome.document().get("drift_ms").isNull()).isTrue();
      assertThat(source(outcome.document(), one.address()).get("drift_ms").isNumber()).isTrue();
    }
  }

  @Test
  void shouldNameEachCulpritAndGoOnWhenSomeServersAreBad() throws IOException {
    String closed = OddServer.closedPort();
    try (FiveServers five = FiveServers.start(truth);
        OddServer silent = OddServer.silent();
        OddServer rubbish = OddServer.rubbish()) {
      String servers =
          String.join(
              ",",
              String.join(",", five.addresses()),
              closed,
              silent.address(),
              rubbish.address(),
              "no-such-host.invalid");
      Outcome outcome =
          Outcome.of(
              "time-drift", "--json", "--samples", "2", "--timeout", "300ms", "--servers", servers);
      JsonNode json = outcome.document();

      assertThat(outcome.exitStatus()).as(outcome.out()).isIn(GOOD);
      assertThat(json.get("total_servers").intValue()).isEqualTo(9);
      assertThat(json.get("servers").intValue()).isEqualTo(4);
      assertThat(source(json, closed).get("reason").textValue()).isEqualTo("port_unreachable");
      assertThat(source(json, silent.address()).get("reason").textValue()).isEqualTo("timeout");
      assertThat(source(json, rubbish.address()).get("reason").isTextual()).isTrue();
      assertThat(source(json, "no-such-host.invalid").get("reason").textValue())
          .isEqualTo("unknown_host");
      assertThat(source(json, "no-such-host.invalid").get("address").isNull()).isTrue();
    }
  }

  @Test
  void shouldHaveNoAnswerWhenNobodyAnswers() throws IOException {
    try (OddServer silent = OddServer.silent()) {
      Outcome outcome =
          Outcome.of(
              "time-drift", "--samples", "1", "--timeout", "200ms", "--servers", silent.address());

      assertThat(outcome.exitStatus()).isEqualTo(3);
      assertThat(outcome.out())
          .contains("cannot be judged", silent.address(), "no answer within the time limit");
    }
  }

  @Test
  void shouldPrintOneDocumentALineAndKeepTheWorstWhenRepeated() throws IOException {
    try (LoopbackNtpServer server = LoopbackNtpServer.start("GPS", truth)) {
      Outcome outcome =
          Outcome.of(
              "time-drift",
              "--json",
              "--samples",
              "1",
              "--repeat",
              "3",
              "--interval",
              "10ms",
              "--servers",
              server.address());

      assertThat(outcome.documents()).hasSize(3);
      assertThat(outcome.exitStatus()).as(outcome.out()).isIn(GOOD);
    }
  }

  @Test
  void shouldTakeServersFromTheFileWhenNoOptionNamesThem() throws IOException {
    try (LoopbackNtpServer server = LoopbackNtpServer.start("GPS", truth)) {
      Path file =
          Files.writeString(
              directory.resolve("some.properties"), "clocksync.servers=" + server.address() + "\n");

      Outcome outcome =
          Outcome.of("time-drift", "--json", "--samples", "1", "--config", file.toString());

      assertThat(outcome.document().get("sources").get(0).get("server").textValue())
          .isEqualTo(server.address());
    }
  }

  @Test
  void shouldMeasureOverIpv6WhenTheAddressIsInBrackets() throws IOException {
    InetAddress loopback =
        InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    boolean hasIpv6 =
        Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
            .flatMap(card -> card.inetAddresses())
            .anyMatch(loopback::equals);
    assumeThat(hasIpv6).as("this host has no ::1").isTrue();

    try (LoopbackNtpServer server = LoopbackNtpServer.start(loopback, "GPS", truth)) {
      Outcome outcome =
          Outcome.of("time-drift", "--json", "--samples", "2", "--servers", server.address());

      assertThat(server.address()).startsWith("[::1]:");
      assertThat(outcome.exitStatus()).as(outcome.out()).isIn(GOOD);
      assertThat(outcome.document().get("sources").get(0).get("server").textValue())
          .isEqualTo(server.address());
    }
  }
}
