package com.ibstream.clocksync.service.config;

import com.ibstream.clocksync.facts.ConfigFinding;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs the check and tells what it found, one short text each. */
final class Lint {

  /** Nothing but the sources is wrong with an ntp.conf that begins with this line. */
  static final String NTPD =
      "driftfile /var/lib/ntp/ntp.drift; restrict default kod limited nomodify noquery";

  private Lint() {}

  /** For example {@code 3 error LOCAL_CLOCK}; a dash instead of the line for the whole file. */
  static List<String> of(String fileName, String text) {
    return ConfigLint.check(fileName, text, Optional.empty()).stream().map(Lint::brief).toList();
  }

  /** Lines separated by semicolons, after those that every good ntp.conf has. */
  static List<String> ntpd(String lines) {
    return of("ntp.conf", lines(NTPD + ";" + lines));
  }

  /** Lines separated by semicolons, after those that every good chrony.conf has. */
  static List<String> chrony(String lines) {
    return of("chrony.conf", lines("driftfile /d; makestep 1 3; rtcsync;" + lines));
  }

  static List<String> timesyncd(String lines) {
    return of("timesyncd.conf", lines("[Time];" + lines));
  }

  private static String lines(String lines) {
    return lines.replaceAll(" *; *", "\n") + "\n";
  }

  private static String brief(ConfigFinding finding) {
    String line = finding.line().isPresent() ? "" + finding.line().getAsInt() : "-";
    return line + " " + finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.kind();
  }
}
