package com.ibstream.clocksync.service.config;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import com.ibstream.clocksync.facts.TimeService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells whose configuration a file is: by the directives that only one service has, and if they
 * leave it open, by the file's name.
 */
final class ConfigDialect {

  private static final Set<String> ONLY_NTPD =
      ImmutableSet.of(
          "restrict",
          "unrestrict",
          "fudge",
          "tinker",
          "tos",
          "statsdir",
          "statistics",
          "filegen",
          "enable",
          "disable",
          "leapfile",
          "crypto",
          "keys",
          "trustedkey",
          "requestkey",
          "controlkey",
          "keysdir",
          "discard",
          "mru",
          "broadcastclient",
          "multicastclient",
          "manycastclient",
          "manycastserver",
          "interface",
          "nic",
          "nts",
          "logconfig",
          "logfile",
          "includefile",
          "setvar",
          "leapsmearinterval",
          "ntpsigndsocket",
          "saveconfigdir");

  private static final Set<String> ONLY_CHRONY =
      ImmutableSet.of(
          "makestep",
          "rtcsync",
          "leapsectz",
          "leapsecmode",
          "leapseclist",
          "maxupdateskew",
          "confdir",
          "sourcedir",
          "include",
          "allow",
          "deny",
          "cmdallow",
          "cmddeny",
          "cmdport",
          "bindcmdaddress",
          "bindaddress",
          "bindacqaddress",
          "hwtimestamp",
          "ntsdumpdir",
          "ntstrustedcerts",
          "ntsservercert",
          "ntsserverkey",
          "dumpdir",
          "dumponexit",
          "local",
          "initstepslew",
          "keyfile",
          "logdir",
          "log",
          "logchange",
          "logbanner",
          "maxdistance",
          "maxjitter",
          "minsources",
          "maxclockerror",
          "maxslewrate",
          "maxdrift",
          "maxchange",
          "corrtimeratio",
          "combinelimit",
          "reselectdist",
          "stratumweight",
          "rtcfile",
          "rtcautotrim",
          "rtcdevice",
          "rtconutc",
          "hwclockfile",
          "lock_all",
          "sched_priority",
          "user",
          "manual",
          "mailonchange",
          "noclientlog",
          "clientloglimit",
          "ratelimit",
          "cmdratelimit",
          "ntsratelimit",
          "smoothtime",
          "generatecommandkey",
          "commandkey",
          "fallbackdrift",
          "acquisitionport",
          "authselectmode",
          "port",
          "tempcomp",
          "ptpport");

  /** What only chrony has on the lines of its sources. */
  private static final Set<String> CHRONY_OPTIONS =
      ImmutableSet.of(
          "maxsources",
          "offline",
          "auto_offline",
          "presend",
          "maxdelay",
          "maxdelayratio",
          "polltarget",
          "minsamples",
          "maxsamples",
          "trust",
          "require",
          "certset",
          "extfield");

  private static final Set<String> SOURCES = ImmutableSet.of("server", "pool", "peer", "refclock");
  private static final Set<String> COMMON = ImmutableSet.of("driftfile", "pidfile", "broadcast");

  private static final Pattern TIMESYNCD =
      Pattern.compile(
          "(?i)\\s*(?:\\[time]\\s*|(?:ntp|fallbackntp|rootdistancemaxsec|pollintervalminsec"
              + "|pollintervalmaxsec|connectionretrysec|saveintervalsec)\\s*=.*)");

  private ConfigDialect() {}

  /**
   * Whose it is.
   *
   * @return empty if neither content nor name say
   */
  static Optional<TimeService> recognise(String fileName, String text) {
    Optional<TimeService> byName = byName(lastPart(fileName)).or(() -> byName(fileName));
    if (text.lines().anyMatch(line -> TIMESYNCD.matcher(cut(line)).matches())) {
      return Optional.of(TimeService.TIMESYNCD);
    }
    List<ConfigLine> lines = ConfigLine.ofChrony(text);
    long ntpdCount = lines.stream().filter(ConfigDialect::isNtpds).count();
    long chronyCount = lines.stream().filter(ConfigDialect::isChronys).count();
    if (ntpdCount != chronyCount) {
      return Optional.of(ntpdCount > chronyCount ? TimeService.NTPSEC : TimeService.CHRONY);
    }
    boolean isEither =
        lines.stream()
            .map(ConfigLine::directive)
            .anyMatch(word -> SOURCES.contains(word) || COMMON.contains(word));
    return byName.or(() -> isEither ? Optional.of(TimeService.NTPSEC) : Optional.empty());
  }

  private static String cut(String line) {
    return line.substring(0, Math.min(line.length(), ConfigLine.MOST_CHARACTERS));
  }

  private static boolean isNtpds(ConfigLine line) {
    return ONLY_NTPD.contains(line.directive())
        || line.arguments().stream().anyMatch(word -> word.startsWith("127.127."));
  }

  private static boolean isChronys(ConfigLine line) {
    return ONLY_CHRONY.contains(line.directive())
        || (SOURCES.contains(line.directive())
            && line.arguments().stream().anyMatch(CHRONY_OPTIONS::contains));
  }

  /** The file's own name says more than the folders it is in. */
  private static String lastPart(String fileName) {
    return fileName.substring(fileName.lastIndexOf('/') + 1);
  }

  private static Optional<TimeService> byName(String fileName) {
    String name = Ascii.toLowerCase(fileName);
    if (name.contains("timesyncd")) {
      return Optional.of(TimeService.TIMESYNCD);
    }
    if (name.contains("chrony") || name.endsWith(".sources")) {
      return Optional.of(TimeService.CHRONY);
    }
    return name.contains("ntp") ? Optional.of(TimeService.NTPSEC) : Optional.empty();
  }
}
