package com.ibstream.clocksync.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration of chrony. */
class ChronyLintTest {

  private static final String DEBIAN =
      """
      ! all four marks of a comment
      ; are known
      % to chrony
        # also indented
      confdir /etc/chrony/conf.d
      pool 2.debian.pool.ntp.org iburst
      sourcedir /run/chrony-dhcp
      keyfile /etc/chrony/chrony.keys
      driftfile /var/lib/chrony/chrony.drift
      ntsdumpdir /var/lib/chrony
      logdir /var/log/chrony
      maxupdateskew 100.0
      rtcsync
      makestep 1 3
      leapsectz right/UTC
      """;

  @Test
  void shouldOnlyNoteTheOtherFilesOfDebiansOwnFile() {
    assertThat(Lint.of("/etc/chrony/chrony.conf", DEBIAN))
        .containsExactly("5 note NOT_FOLLOWED", "7 note NOT_FOLLOWED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "pool pool.ntp.org iburst maxsources 4 | -",
        "POOL pool.ntp.org IBURST | -",
        "pool pool.ntp.org iburst maxsources 3 | 4 warning FEW_SOURCES",
        "pool pool.ntp.org iburst maxsources many | -",
        "pool pool.ntp.org iburst maxsources | -",
        "pool pool.ntp.org iburst maxsources 4 # comment | 4 error UNREADABLE",
        "pool a iburst; server 1.pool.ntp.org iburst | 5 warning POOL_AS_SERVER",
        "pool a iburst; server b minpoll 4 nts | 5 warning NO_IBURST",
        "pool a iburst; peer b | -",
        "pool a iburst; refclock PHC /dev/ptp0 poll 2 | -",
        "pool a iburst; refclock SHM 0 refid GPS local | -",
        "pool a iburst; local stratum 10 | 5 error LOCAL_CLOCK",
        "pool a iburst; Local | 5 error LOCAL_CLOCK",
        "pool a iburst; local stratum 10 orphan | 5 warning LOCAL_CLOCK",
        "pool a iburst; server 127.127.1.0 iburst | 5 error LOCAL_CLOCK",
        "pool a iburst; makestep 1 -1 | 5 warning UNLIMITED_STEPS",
        "makestep 1 -1; makestep 1 3; pool a iburst | -",
        "pool a iburst; allow | 5 warning OPEN_ACCESS",
        "pool a iburst; allow all | 5 warning OPEN_ACCESS",
        "pool a iburst; allow 0.0.0.0/0 | 5 warning OPEN_ACCESS",
        "pool a iburst; allow all ::/0 | 5 warning OPEN_ACCESS",
        "pool a iburst; allow; port 0 | -",
        "pool a iburst; allow; deny all | -",
        "pool a iburst; allow 192.168.0.0/16; allow 10 | -",
        "pool a iburst; cmdallow all | 5 warning OPEN_ACCESS",
        "pool a iburst; cmdallow; cmdport 0 | -",
        "pool a iburst; cmdallow 127.0.0.1 | -",
        "pool a iburst; include /etc/chrony.d/*.conf | 5 note NOT_FOLLOWED",
        "server a iburst; sourcedir /run/x | 4 note FEW_SOURCES, 5 note NOT_FOLLOWED",
        "sourcedir /run/x | 4 note NOT_FOLLOWED, - note FEW_SOURCES",
        "somethingnew 7 | - error FEW_SOURCES",
        "server 169.254.169.123 prefer iburst; pool a iburst | 4 error SMEARED_AND_UNSMEARED",
        "pool time.google.com iburst; leapsectz right/UTC | 5 warning SMEARED_AND_UNSMEARED",
        "pool a iburst; leapsectz right/UTC | -"
      })
  void shouldJudgeEachLine(String lines, String expected) {
    assertThat(Lint.chrony(lines))
        .isEqualTo(expected == null ? List.of() : List.of(expected.split(", ")));
  }

  @Test
  void shouldRefuseAByteOrderMarkAsChronydDoes() {
    assertThat(Lint.of("chrony.conf", "\uFEFF" + DEBIAN)).contains("- error UNREADABLE");
  }

  @Test
  void shouldMissWhatIsAbsent() {
    assertThat(Lint.of("chrony.conf", "pool pool.ntp.org iburst\n"))
        .containsExactly(
            "- warning NO_DRIFT_FILE", "- warning NO_STEP_AT_START", "- note NO_RTC_SYNC");
    assertThat(Lint.of("chrony.conf", "pool a iburst\ninclude /x\n"))
        .containsExactly(
            "2 note NOT_FOLLOWED",
            "- note NO_DRIFT_FILE",
            "- note NO_STEP_AT_START",
            "- note NO_RTC_SYNC");
    assertThat(
            Lint.of("chrony.conf", "pool a iburst\ndriftfile /d\ninitstepslew 1 a\nrtcfile /r\n"))
        .isEmpty();
  }

  @Test
  void shouldExpectSourcesOnlyOfAFileOfSources() {
    assertThat(Lint.of("/etc/chrony/sources.d/local.sources", "server ntp.example.com iburst\n"))
        .isEmpty();
    assertThat(Lint.of("/etc/chrony/sources.d/local.sources", "server ntp.example.com\n"))
        .containsExactly("1 warning NO_IBURST");
    assertThat(Lint.of("/etc/chrony/conf.d/local.conf", "local stratum 10\n"))
        .containsExactly("1 error LOCAL_CLOCK");
  }

  @Test
  void shouldCountLinesAsAnEditorDoes() {
    assertThat(Lint.of("chrony.conf", DEBIAN.replace("\n", "\r\n") + "allow\r\n"))
        .contains("16 warning OPEN_ACCESS");
    assertThat(List.of(DEBIAN.split("\n"))).hasSize(15);
  }
}
