package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.ibstream.clocksync.facts.ConfigFinding;
import com.ibstream.clocksync.facts.ConfigFinding.Kind;
import com.ibstream.clocksync.facts.TimeService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is generated is good, and files are read with care. */
class TimeServiceConfigTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(TimeService.class)
  void shouldFindNothingInWhatItGenerates(TimeService service) {
    for (List<String> servers :
        List.of(
            TimeServiceConfig.DEFAULT_SERVERS,
            List.of("a.example", "192.0.2.1", "2001:db8::1", "0.Debian.pool.ntp.org."),
            List.of("time1.google.com", "time2.google.com", "time3.google.com", "time.aws.com"))) {
      String text = TimeServiceConfig.generate(service, servers);

      assertThat(TimeServiceConfig.check("x", text)).isEmpty();
      assertThat(TimeServiceConfig.recognise("x", text)).hasValue(service);
    }
  }

  @Test
  void shouldMakePoolsOfPoolNames() {
    List<String> servers = List.of("pool.ntp.org", "a.pool.ntp.org", "a.example", "10.0.0.1");

    for (TimeService service : List.of(TimeService.NTPSEC, TimeService.CHRONY)) {
      assertThat(TimeServiceConfig.generate(service, servers).lines())
          .contains(
              "pool pool.ntp.org iburst",
              "pool a.pool.ntp.org iburst",
              "server a.example iburst",
              "server 10.0.0.1 iburst");
    }
    assertThat(TimeServiceConfig.generate(TimeService.TIMESYNCD, servers))
        .contains("\nNTP=pool.ntp.org a.pool.ntp.org a.example 10.0.0.1\n", "\nFallbackNTP=\n");
  }

  @Test
  void shouldWriteWhatEachServiceNeeds() {
    assertThat(
            TimeServiceConfig.generate(TimeService.NTPSEC, TimeServiceConfig.DEFAULT_SERVERS)
                .lines())
        .contains(
            "driftfile /var/lib/ntpsec/ntp.drift",
            "restrict default kod limited nomodify noquery",
            "restrict 127.0.0.1",
            "restrict ::1");
    assertThat(
            TimeServiceConfig.generate(TimeService.CHRONY, TimeServiceConfig.DEFAULT_SERVERS)
                .lines())
        .contains("driftfile /var/lib/chrony/chrony.drift", "makestep 1 3", "rtcsync");
  }

  @ParameterizedTest
  @EnumSource(TimeService.class)
  void shouldNotAskForMoreSourcesThanThereAre(TimeService service) {
    String text = TimeServiceConfig.generate(service, List.of("a.example", "b.example"));

    assertThat(text).doesNotContain("minsources", "minsane");
    assertThat(TimeServiceConfig.check("x", text))
        .extracting(ConfigFinding::kind)
        .isSubsetOf(Kind.FEW_SOURCES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.example,a.example. x | a.example. x",
        "a.example,A.EXAMPLE | A.EXAMPLE",
        "127.127.1.0 | the host's own clock",
        "time.google.com,time.cloudflare.com | time.google.com smears",
        "a:124 | a:124",
        "fe80::1%eth0 | fe80::1%eth0",
        "a..b | a..b",
        "-4 | -4",
        "'' | empty"
      })
  void shouldRefuseServersThatMakeNoGoodConfiguration(String servers, String culprit) {
    for (TimeService service : List.of(TimeService.NTPSEC, TimeService.TIMESYNCD)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> TimeServiceConfig.generate(service, Splitter.on(',').splitToList(servers)))
          .withMessageContaining(
              service == TimeService.TIMESYNCD && culprit.startsWith("the host")
                  ? "127.127.1.0"
                  : culprit);
    }
  }

  @Test
  void shouldRefuseALineBreakInAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TimeServiceConfig.generate(TimeService.CHRONY, List.of("a\nlocal stratum 1")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeServiceConfig.generate(TimeService.CHRONY, List.of()));
  }

  @Test
  void shouldReadFilesAsTheyAre() throws IOException {
    Path ntp = directory.resolve("ntp.conf");
    Files.write(ntp, new byte[] {(byte) 0xff, '#', (byte) 0x80, '\n', 's', 'e', 'r', 'v'});
    Path chrony = Files.writeString(directory.resolve("chrony.conf"), "local\npool a iburst\n");
    Path missing = directory.resolve("none.conf");

    List<ConfigFinding> findings = TimeServiceConfig.check(List.of(ntp, chrony), Optional.empty());

    assertThat(findings).extracting(ConfigFinding::file).contains(ntp.toString());
    assertThat(findings)
        .extracting(ConfigFinding::kind)
        .contains(Kind.FEW_SOURCES, Kind.LOCAL_CLOCK, Kind.TWO_SERVICES);
    assertThat(TimeServiceConfig.check("x", "local\n", TimeService.NTPSEC)).isNotEmpty();
    assertThatThrownBy(() -> TimeServiceConfig.check(List.of(missing), Optional.empty()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> TimeServiceConfig.check(List.of(directory), Optional.empty()))
        .isInstanceOf(IOException.class);
  }
}
