package com.ibstream.clocksync.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.ConfigFinding;
import com.ibstream.clocksync.facts.ConfigFinding.Kind;
import com.ibstream.clocksync.facts.TimeService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** timesyncd, the recognition of files, several files at once, and garbage. */
class ConfigLintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "NTP=a b | -",
        "NTP = a b ; FallbackNTP= | -",
        "NTP=a \\; b | -",
        "NTP=a; NTP=b | -",
        "NTP=a; # NTP=b | 2 note NO_VOTE",
        "NTP=a | 2 note NO_VOTE",
        "NTP=a b; NTP= | - note NO_VOTE",
        "NTP=; FallbackNTP=a b | 3 note NO_VOTE",
        "#NTP= | - note NO_VOTE",
        "NTP=time.google.com time.cloudflare.com | 2 error SMEARED_AND_UNSMEARED",
        "NTP=time.google.com time2.google.com | -",
        "NTP=a b; FallbackNTP=time.google.com | -",
        "NTP=a 127.127.1.0 | 2 error LOCAL_CLOCK",
        "NTP=0.debian.pool.ntp.org 1.debian.pool.ntp.org; PollIntervalMaxSec=64; New=1 | -",
        "[Other];NTP=a b | - note NO_VOTE"
      })
  void shouldJudgeTimesyncd(String lines, String expected) {
    assertThat(Lint.timesyncd(lines))
        .isEqualTo(expected == null ? List.of() : List.of(expected.split(", ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "x | server a iburst;restrict default noquery | NTPSEC",
        "x | server 127.127.1.0 | NTPSEC",
        "x | server a iburst | NTPSEC",
        "x | refclock shm | NTPSEC",
        "x | server a iburst;makestep 1 3 | CHRONY",
        "x | pool a iburst maxsources 2 | CHRONY",
        "x | MakeStep 1 3 | CHRONY",
        "chrony.conf | server a iburst | CHRONY",
        "a.sources | server a iburst | CHRONY",
        "/etc/chrony/conf.d/a.conf | server a iburst | CHRONY",
        "/ntp/chrony.conf | server a iburst | CHRONY",
        "/chrony/ntp.conf | server a iburst | NTPSEC",
        "chrony.conf | restrict default;tinker panic 0;server a | NTPSEC",
        "ntp.conf | rtcsync | CHRONY",
        "ntp.conf | [Time];NTP=a | TIMESYNCD",
        "x | [time] | TIMESYNCD",
        "timesyncd.conf | # nothing | TIMESYNCD",
        "ntp.conf | # nothing | NTPSEC",
        "hosts | 127.0.0.1 localhost | -",
        "x | # server a | -"
      })
  void shouldRecogniseWhoseItIs(String fileName, String lines, TimeService expected) {
    assertThat(ConfigLint.recognise(fileName, lines.replace(';', '\n')))
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void shouldTakeTheCallersWordForWhoseItIs() {
    assertThat(
            ConfigLint.check("ntp.conf", "server a iburst\n", Optional.of(TimeService.CHRONY))
                .stream()
                .map(ConfigFinding::kind))
        .contains(Kind.NO_STEP_AT_START);
  }

  @Test
  void shouldNotPassWhatItDoesNotRecognise() {
    assertThat(Lint.of("hosts", "127.0.0.1 localhost\n")).containsExactly("- error UNREADABLE");
    assertThat(Lint.of("hosts", "")).containsExactly("- error UNREADABLE");
    assertThat(Lint.of("ntp.conf", "pool a iburst\0")).containsExactly("- error UNREADABLE");
    assertThat(Lint.of("ntp.conf", "")).contains("- error FEW_SOURCES");
  }

  @Test
  void shouldSayThatTwoServicesAreConfigured() {
    String ntp = "restrict default noquery\ndriftfile /d\npool a iburst\n";
    String chrony = "pool a iburst\nmakestep 1 3\nrtcsync\ndriftfile /d\n";
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("ntp.conf", ntp);
    texts.put("chrony.conf", chrony);

    List<ConfigFinding> findings = ConfigLint.check(texts, Optional.empty());

    assertThat(findings).extracting(ConfigFinding::kind).containsExactly(Kind.TWO_SERVICES);
    assertThat(findings.get(0).file()).isEqualTo("chrony.conf");
    assertThat(findings.get(0).reason()).startsWith("ntpsec and chrony are both configured");
    texts.put("timesyncd.conf", "[Time]\nNTP=a b\n");
    texts.remove("ntp.conf");
    assertThat(ConfigLint.check(texts, Optional.empty())).hasSize(1);
    texts.put("timesyncd.conf", "[Time]\n#NTP=\n");
    assertThat(ConfigLint.check(texts, Optional.empty()))
        .extracting(ConfigFinding::kind)
        .containsExactly(Kind.NO_VOTE);
    texts.remove("timesyncd.conf");
    texts.put("other.conf", chrony);
    assertThat(ConfigLint.check(texts, Optional.empty())).isEmpty();
  }

  @Test
  void shouldShowNoControlCharactersOfTheFile() {
    List<ConfigFinding> findings =
        ConfigLint.check(
            "ntp.conf", "server \u001b[31mevil\u202e" + "x".repeat(5000), Optional.empty());

    assertThat(findings)
        .allSatisfy(
            finding ->
                assertThat(finding.reason() + finding.remedy())
                    .doesNotContain("\u001b", "\u202e")
                    .hasSizeLessThan(400));
  }

  @Test
  void shouldSayWhenItLookedAtAPartOnly() {
    String huge = "server a\n".repeat(ConfigLint.MOST_CHARACTERS / 9 + 10);

    List<ConfigFinding> findings = ConfigLint.check("ntp.conf", huge, Optional.empty());

    assertThat(findings).hasSize(Findings.MOST + 1);
    assertThat(findings).filteredOn(found -> found.kind() == Kind.TOO_LONG).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(TimeService.class)
  void shouldNeverThrowOnGarbage(TimeService service) {
    List<String> words =
        List.of(
            "server",
            "pool",
            "restrict",
            "default",
            "makestep",
            "allow",
            "-4",
            "mask",
            "all",
            "#",
            "maxsources",
            "99999999999999",
            "-1",
            "tinker",
            "panic",
            "refclock",
            "local",
            "[Time]",
            "NTP=",
            "FallbackNTP",
            "=",
            "\\",
            "\n",
            "\r",
            "\t",
            "\0",
            "\uFEFF",
            "\uD800",
            "::",
            "%",
            "127.127.1.0",
            "time.google.com",
            "fudge",
            "\"",
            "tos",
            "orphan",
            "include",
            "\u0661");
    Random random = new Random(1);

    for (int run = 0; run < 3_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int word = random.nextInt(30); word > 0; word--) {
        text.append(words.get(random.nextInt(words.size())))
            .append(random.nextInt(4) == 0 ? "" : random.nextInt(3) == 0 ? "\n" : " ");
      }
      assertThat(ConfigLint.check("f", text.toString(), Optional.of(service))).isNotNull();
      assertThat(ConfigLint.check("f", text.toString(), Optional.empty())).isNotNull();
    }
  }
}
