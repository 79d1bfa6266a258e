package com.ibstream.clocksync.service.config;

import com.ibstream.clocksync.facts.ConfigFinding.Kind;
import com.ibstream.clocksync.facts.ConfigFinding.Severity;
import com.ibstream.clocksync.facts.TimeService;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges the {@code ntp.conf} of ntpsec, or of the older ntpd. */
final class NtpsecChecks {

  private static final String GOOD_RESTRICT = "restrict default kod limited nomodify noquery";

  private final Findings findings;
  private final List<ConfigLine> lines;

  /** What a line about everybody is about. */
  private enum Family {
    IPV4,
    IPV6
  }

  /** What everybody is refused, and where it is written first. */
  private record Default(ConfigLine line, Set<String> flags) {}

  private NtpsecChecks(Findings findings, List<ConfigLine> lines) {
    this.findings = findings;
    this.lines = lines;
  }

  static void check(String text, Findings findings) {
    List<ConfigLine> lines = ConfigLine.ofNtpd(text);
    SourceChecks sources = new SourceChecks(findings, TimeService.NTPSEC, lines);
    sources.checkLines();
    NtpsecChecks checks = new NtpsecChecks(findings, lines);
    boolean isWhole = checks.includes();
    checks.discipline();
    checks.driftFile(isWhole);
    checks.access(isWhole);
    sources.checkCount(isWhole);
  }

  /** Whether no other file belongs to this one. */
  private boolean includes() {
    List<ConfigLine> includes =
        lines.stream().filter(line -> line.directive().equals("includefile")).toList();
    includes.forEach(line -> ConfigLint.notFollowed(findings, line));
    return includes.isEmpty();
  }

  private void discipline() {
    for (ConfigLine line : lines) {
      boolean isOrphan = line.after("orphan").isPresent();
      switch (line.directive()) {
        case "disable" -> {
          if (line.has("ntp")) {
            notDisciplined(line);
          }
        }
        case "tinker" -> {
          if (line.after("panic").filter(NtpsecChecks::isZero).isPresent()) {
            findings.add(
                Kind.UNLIMITED_STEPS,
                Severity.WARNING,
                line,
                "with a panic threshold of 0 the clock follows its servers by any amount, at any"
                    + " time, where ntpd would have given up",
                "remove \"panic 0\"; -g, the usual start option, allows one great step at the"
                    + " start");
          }
        }
        case "tos" -> {
          if (isOrphan) {
            findings.add(
                Kind.LOCAL_CLOCK,
                Severity.WARNING,
                line,
                "in orphan mode, meant for a group of hosts that keep together without any server,"
                    + " the host's own clock counts as synchronised once the servers are lost",
                "remove \"orphan\"");
          }
        }
        default -> {}
      }
    }
  }

  private void notDisciplined(ConfigLine line) {
    findings.add(
        Kind.CLOCK_NOT_DISCIPLINED,
        Severity.ERROR,
        line,
        "the service watches its servers and does not steer the clock",
        "remove \"disable ntp\"");
  }

  private static boolean isZero(String number) {
    return number.matches("[+-]?0+(?:\\.0*)?");
  }

  private void driftFile(boolean isWhole) {
    if (lines.stream().noneMatch(ConfigLint::namesDriftFile)) {
      findings.add(
          Kind.NO_DRIFT_FILE,
          isWhole ? Severity.WARNING : Severity.NOTE,
          "no drift file"
              + (isWhole ? "" : " in this file itself")
              + ": what is known of the clock's frequency is lost at each restart, and the time"
              + " wanders until it is found again",
          "driftfile " + ConfigTemplate.NTPSEC_DRIFT_FILE);
    }
  }

  private void access(boolean isWhole) {
    Map<Family, Default> defaults = defaults();
    if (defaults.isEmpty()) {
      findings.add(
          Kind.OPEN_ACCESS,
          isWhole ? Severity.WARNING : Severity.NOTE,
          "nothing is refused to strangers"
              + (isWhole ? "" : " in this file itself")
              + ": only ntpsec itself would then refuse their queries, the older ntpd answers them",
          GOOD_RESTRICT);
      return;
    }
    Set<ConfigLine> told = new HashSet<>();
    for (Family family : Family.values()) {
      Default everybody = defaults.get(family);
      if (everybody == null) {
        findings.add(
            Kind.OPEN_ACCESS,
            Severity.WARNING,
            defaults.values().iterator().next().line(),
            "strangers are refused something over the other family of addresses only, nothing over "
                + (family == Family.IPV4 ? "IPv4" : "IPv6"),
            GOOD_RESTRICT);
      } else if (told.add(everybody.line())) {
        open(everybody);
      }
    }
  }

  private void open(Default everybody) {
    Set<String> flags = everybody.flags();
    if (flags.contains("ignore") || flags.contains("noquery")) {
      return;
    }
    boolean isModifiable = !flags.contains("nomodify");
    findings.add(
        Kind.OPEN_ACCESS,
        isModifiable ? Severity.ERROR : Severity.WARNING,
        everybody.line(),
        isModifiable
            ? "strangers may question the service and try to reconfigure it"
            : "strangers may question the service, and use its long answers against others",
        GOOD_RESTRICT);
  }

  /** Several lines about the same addresses add up. */
  private Map<Family, Default> defaults() {
    Map<Family, Default> defaults = new EnumMap<>(Family.class);
    for (ConfigLine line : lines) {
      if (line.directive().equals("restrict")) {
        for (Family family : everybody(line)) {
          defaults
              .computeIfAbsent(family, absent -> new Default(line, new HashSet<>()))
              .flags()
              .addAll(line.arguments());
        }
      }
    }
    return defaults;
  }

  /** Which addresses a line is about, if it is about all of them. */
  private static Set<Family> everybody(ConfigLine line) {
    Optional<String> address =
        line.arguments().stream().filter(word -> !word.startsWith("-")).findFirst();
    boolean isMaskedToNothing =
        line.after("mask").filter(mask -> mask.equals("0.0.0.0") || mask.equals("::")).isPresent();
    return switch (address.orElse("")) {
      case "default" -> {
        if (line.has("-4") || line.has("--ipv4")) {
          yield Set.of(Family.IPV4);
        }
        yield line.has("-6") || line.has("--ipv6")
            ? Set.of(Family.IPV6)
            : Set.of(Family.IPV4, Family.IPV6);
      }
      case "0.0.0.0/0", "0/0" -> Set.of(Family.IPV4);
      case "::/0" -> Set.of(Family.IPV6);
      case "0.0.0.0" -> isMaskedToNothing ? Set.of(Family.IPV4) : Set.of();
      case "::" -> isMaskedToNothing ? Set.of(Family.IPV6) : Set.of();
      default -> Set.of();
    };
  }
}
