package com.ibstream.clocksync.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.ConfigFinding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration of ntpsec and of the older ntpd. */
class NtpsecLintTest {

  private static final String PLAN =
      """
      # Stratum 1 servers for maximum accuracy
      server time.google.com iburst
      server time.cloudflare.com iburst
      server time.nist.gov iburst

      # Pool servers for redundancy
      pool us.pool.ntp.org iburst
      pool pool.ntp.org iburst

      # Local clock as fallback (stratum 10)
      server 127.127.1.0
      fudge 127.127.1.0 stratum 10

      # Security and access control
      restrict default nomodify notrap nopeer noquery
      restrict 127.0.0.1
      restrict ::1

      # Drift file for hardware clock compensation
      driftfile /var/lib/ntp/ntp.drift
      """;

  @Test
  void shouldFindTheTwoMistakesOfThePlanAndNoOther() {
    List<ConfigFinding> findings = ConfigLint.check("ntp.conf", PLAN, Optional.empty());

    assertThat(Lint.of("ntp.conf", PLAN))
        .containsExactly("2 error SMEARED_AND_UNSMEARED", "11 error LOCAL_CLOCK");
    assertThat(findings.get(0).reason()).contains("time.google.com", "3, 4, 7, 8");
    assertThat(findings.get(1).reason()).contains("synchronised", "line 12");
    assertThat(findings.get(1).remedy()).contains("remove");
  }

  @Test
  void shouldFindTheSameWhateverTheLineEnds() {
    assertThat(Lint.of("ntp.conf", "\uFEFF" + PLAN.replace("\n", "\r\n").replace(' ', '\t')))
        .isEqualTo(Lint.of("ntp.conf", PLAN));
  }

  @Test
  void shouldFindNothingInDebiansOwnFile() {
    String debian =
        """
        driftfile /var/lib/ntpsec/ntp.drift
        leapfile /usr/share/zoneinfo/leap-seconds.list
        #statsdir /var/log/ntpsec/
        tos maxclock 11
        tos minclock 4 minsane 3
        # server 127.127.1.0
        pool 0.debian.pool.ntp.org iburst
        pool 1.debian.pool.ntp.org iburst   # the second
        restrict default kod nomodify nopeer noquery limited
        restrict 127.0.0.1
        restrict ::1
        somethingnew 12
        """;

    assertThat(Lint.of("/etc/ntpsec/ntp.conf", debian)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "pool pool.ntp.org iburst | -",
        "pool pool.ntp.org. iburst | -",
        "Pool 2.Debian.Pool.NTP.org IBURST | -",
        "pool pool.ntp.org | 3 warning NO_IBURST",
        "pool pool.ntp.org iburst; server -4 a.example | 4 warning NO_IBURST",
        "pool pool.ntp.org iburst; server -6 a.example iburst minpoll 6 maxpoll 10 | -",
        "pool pool.ntp.org iburst; peer b.example | -",
        "pool pool.ntp.org iburst; server 0.debian.pool.ntp.org iburst | 4 warning POOL_AS_SERVER",
        "pool pool.ntp.org iburst; server -4 pool.ntp.org iburst | 4 warning POOL_AS_SERVER",
        "pool pool.ntp.org iburst; server spool.ntp.org iburst | -",
        "pool pool.ntp.org iburst; server 127.127.28.0; fudge 127.127.28.0 refid GPS | -",
        "pool pool.ntp.org iburst; refclock shm unit 0 refid GPS | -",
        "pool pool.ntp.org iburst; refclock local | 4 error LOCAL_CLOCK",
        "pool pool.ntp.org iburst; REFCLOCK LOCAL unit 0 stratum 10 | 4 error LOCAL_CLOCK",
        "pool pool.ntp.org iburst; server 127.127.1.1 # LCL | 4 error LOCAL_CLOCK",
        "pool pool.ntp.org iburst; peer 127.127.1.0 | 4 error LOCAL_CLOCK",
        "pool pool.ntp.org iburst; fudge 127.127.1.0 stratum 10 | -",
        "pool pool.ntp.org iburst; tos orphan 10 | 4 warning LOCAL_CLOCK",
        "pool pool.ntp.org iburst; tos minclock 4 minsane 3 | -",
        "pool pool.ntp.org iburst; tinker panic 0 | 4 warning UNLIMITED_STEPS",
        "pool pool.ntp.org iburst; tinker step 0.1 panic 0.0 | 4 warning UNLIMITED_STEPS",
        "pool pool.ntp.org iburst; tinker panic 1000 | -",
        "pool pool.ntp.org iburst; disable monitor | -",
        "pool pool.ntp.org iburst; disable monitor ntp | 4 error CLOCK_NOT_DISCIPLINED",
        "pool pool.ntp.org iburst; server | 4 error UNREADABLE",
        "pool pool.ntp.org iburst; server -4 | 4 error UNREADABLE",
        "pool pool.ntp.org iburst; server time1.google.com iburst noselect | -",
        "server a iburst; server b iburst; server c iburst | 3 warning FEW_SOURCES",
        "server a iburst; server b iburst; server c iburst; server d iburst | -",
        "server a iburst; server b iburst; server c iburst; server A. iburst | 3 warning FEW_SOURCES",
        "server a iburst; server b iburst; server c iburst; refclock pps | -",
        "server a iburst; includefile /etc/more.conf | 3 note FEW_SOURCES, 4 note NOT_FOLLOWED",
        "manycastclient 239.255.254.254 | -",
        "tos maxclock 11 | - error FEW_SOURCES",
        "server time.google.com iburst; pool pool.ntp.org iburst | 3 error SMEARED_AND_UNSMEARED",
        "pool pool.ntp.org iburst; server TIME4.Google.Com iburst | 4 error SMEARED_AND_UNSMEARED",
        "pool pool.ntp.org iburst; server 216.239.35.0 iburst | 4 error SMEARED_AND_UNSMEARED",
        "pool pool.ntp.org iburst; server time.aws.com iburst | 4 error SMEARED_AND_UNSMEARED",
        "pool pool.ntp.org iburst; server 169.254.169.123 iburst | 4 error SMEARED_AND_UNSMEARED",
        "pool time.google.com iburst; server time.aws.com iburst | -",
        "pool time.google.com iburst; server time.facebook.com iburst | 3 error SMEARED_AND_UNSMEARED",
        "pool time.google.com iburst; refclock pps | 3 error SMEARED_AND_UNSMEARED",
        "pool time.google.com iburst; leapfile /l | 4 warning SMEARED_AND_UNSMEARED"
      })
  void shouldJudgeEachLine(String lines, String expected) {
    assertThat(Lint.ntpd(lines))
        .isEqualTo(expected == null ? List.of() : List.of(expected.split(", ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "restrict default kod limited nomodify noquery | -",
        "restrict default ignore | -",
        "restrict default noquery | -",
        "restrict -4 default noquery; restrict -6 default noquery | -",
        "restrict default noquery; restrict -6 default noquery | -",
        "restrict default nomodify; restrict default noquery | -",
        "restrict 0.0.0.0 mask 0.0.0.0 noquery; restrict :: mask :: noquery | -",
        "restrict 0.0.0.0/0 noquery; restrict ::/0 ignore | -",
        "RESTRICT Default NoQuery | -",
        "restrict default noquery; restrict source notrap; restrict 10.0.0.0 mask 255.0.0.0 | -",
        "restrict default | 1 error OPEN_ACCESS",
        "restrict default kod limited | 1 error OPEN_ACCESS",
        "restrict default nomodify notrap | 1 warning OPEN_ACCESS",
        "restrict -4 default noquery | 1 warning OPEN_ACCESS",
        "restrict -4 default noquery; restrict -6 default | 2 error OPEN_ACCESS",
        "restrict 127.0.0.1; restrict ::1 | - warning OPEN_ACCESS",
        "restrict source nomodify noquery | - warning OPEN_ACCESS",
        "# restrict default noquery | - warning OPEN_ACCESS"
      })
  void shouldSayWhetherStrangersMayAsk(String lines, String expected) {
    String text = lines.replaceAll(" *; *", "\n") + "\npool pool.ntp.org iburst\ndriftfile /d\n";

    assertThat(Lint.of("ntp.conf", text))
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "driftfile", "# driftfile /var/lib/ntp/drift"})
  void shouldMissTheDriftFile(String line) {
    String text = line + "\nrestrict default noquery\npool pool.ntp.org iburst\n";

    assertThat(Lint.of("ntp.conf", text)).containsExactly("- warning NO_DRIFT_FILE");
  }
}
