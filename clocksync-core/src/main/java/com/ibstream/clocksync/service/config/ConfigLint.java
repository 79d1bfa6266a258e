package com.ibstream.clocksync.service.config;

import com.ibstream.clocksync.facts.ConfigFinding;
import com.ibstream.clocksync.facts.ConfigFinding.Kind;
import com.ibstream.clocksync.facts.ConfigFinding.Severity;
import com.ibstream.clocksync.facts.TimeService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Finds the mistakes of a time service's configuration. It knows the directives that it judges;
 * every other one is left alone. No text, however strange, makes it throw.
 */
public final class ConfigLint {

  /** Characters of a file that are looked at: a thousand times the usual. */
  public static final int MOST_CHARACTERS = 1 << 20;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private ConfigLint() {}

  /**
   * Whose configuration a file is.
   *
   * @param fileName decides where the content does not
   * @param text its content
   * @return empty if neither says
   */
  public static Optional<TimeService> recognise(String fileName, String text) {
    return ConfigDialect.recognise(fileName, bounded(text));
  }

  /**
   * Looks at one file.
   *
   * @param fileName for the findings
   * @param text its content
   * @param service whose it is; empty to find that out
   * @return what is wrong, in the order of the lines
   */
  public static List<ConfigFinding> check(
      String fileName, String text, Optional<TimeService> service) {
    Findings findings = new Findings(fileName);
    String judged = bounded(text);
    if (text.length() > MOST_CHARACTERS) {
      findings.add(
          Kind.TOO_LONG,
          Severity.WARNING,
          "only the first " + MOST_CHARACTERS + " characters were looked at",
          "");
    }
    Optional<TimeService> whose = service.or(() -> recognise(fileName, judged));
    if (judged.indexOf('\0') >= 0 || whose.isEmpty()) {
      findings.add(
          Kind.UNREADABLE,
          Severity.ERROR,
          judged.indexOf('\0') >= 0
              ? "this is not a text file"
              : "this is not recognised as the configuration of a time service",
          "");
      return findings.inOrder();
    }
    if (whose.get() == TimeService.CHRONY && text.startsWith(String.valueOf(BYTE_ORDER_MARK))) {
      findings.add(
          Kind.UNREADABLE,
          Severity.ERROR,
          "the file begins with a byte order mark, and chronyd does not start with it",
          "save it as plain UTF-8");
    }
    switch (whose.get()) {
      case NTPSEC -> NtpsecChecks.check(judged, findings);
      case CHRONY -> ChronyChecks.check(judged, isFragment(fileName), findings);
      case TIMESYNCD -> TimesyncdChecks.check(judged, findings);
    }
    return findings.inOrder();
  }

  /**
   * Looks at several files of one host, each by itself and then together.
   *
   * @param texts content by file name
   * @param service whose all of them are; empty to find that out
   * @return what is wrong, file by file
   */
  public static List<ConfigFinding> check(
      Map<String, String> texts, Optional<TimeService> service) {
    List<ConfigFinding> all = new ArrayList<>();
    Map<TimeService, String> wanted = new LinkedHashMap<>();
    texts.forEach(
        (fileName, text) -> {
          all.addAll(check(fileName, text, service));
          service
              .or(() -> recognise(fileName, text))
              .filter(whose -> isWanted(whose, bounded(text)))
              .ifPresent(whose -> wanted.putIfAbsent(whose, fileName));
        });
    if (wanted.size() > 1) {
      all.add(twoServices(wanted));
    }
    return List.copyOf(all);
  }

  /** A timesyncd.conf is on nearly every host; one that names no server says nothing. */
  private static boolean isWanted(TimeService whose, String text) {
    return whose != TimeService.TIMESYNCD || TimesyncdChecks.namesServers(text);
  }

  private static ConfigFinding twoServices(Map<TimeService, String> wanted) {
    String last = List.copyOf(wanted.values()).get(wanted.size() - 1);
    String words =
        wanted.keySet().stream().map(TimeService::word).collect(Collectors.joining(" and "));
    return new ConfigFinding(
        last,
        OptionalInt.empty(),
        Kind.TWO_SERVICES,
        Severity.WARNING,
        words + " are both configured on this host, and if both run they fight over the clock",
        "keep one, and mask or remove the other");
  }

  /** A part of chrony's configuration, from a {@code sourcedir} or a {@code confdir}. */
  static boolean isFragment(String fileName) {
    return fileName.endsWith(".sources") || fileName.contains("/conf.d/");
  }

  static void notFollowed(Findings findings, ConfigLine line) {
    findings.add(
        Kind.NOT_FOLLOWED,
        Severity.NOTE,
        line,
        "what this line adds to the configuration was not looked at",
        "");
  }

  static boolean namesDriftFile(ConfigLine line) {
    return line.directive().equals("driftfile") && line.words().size() > 1;
  }

  private static String bounded(String text) {
    String whole = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    return whole.substring(0, Math.min(whole.length(), MOST_CHARACTERS));
  }
}
