package com.ibstream.clocksync.service.config;

import com.ibstream.clocksync.facts.TimeService;
import java.util.ArrayList;
import java.util.List;

/** Writes a configuration in which {@link ConfigLint} finds nothing, given enough good servers. */
public final class ConfigTemplate {

  /** Where Debian and Ubuntu keep it; the service's user may write there. */
  static final String NTPSEC_DRIFT_FILE = "/var/lib/ntpsec/ntp.drift";

  /** Where Debian and Ubuntu keep it; the service's user may write there. */
  static final String CHRONY_DRIFT_FILE = "/var/lib/chrony/chrony.drift";

  private ConfigTemplate() {}

  /**
   * Writes one.
   *
   * @param service for which service
   * @param hosts names or addresses in lower case, already checked to be such
   * @return the text of the file
   */
  public static String text(TimeService service, List<String> hosts) {
    List<String> lines =
        switch (service) {
          case NTPSEC -> ntpsec(hosts);
          case CHRONY -> chrony(hosts);
          case TIMESYNCD -> timesyncd(hosts);
        };
    return String.join("\n", lines) + "\n";
  }

  private static List<String> ntpsec(List<String> hosts) {
    List<String> lines = new ArrayList<>();
    lines.add("# ntpsec: no leap-smearing server beside others, no local clock as a fallback.");
    lines.addAll(sources(hosts));
    if (count(hosts) >= SourceChecks.ENOUGH) {
      lines.add("");
      lines.add("# One server alone is not believed.");
      lines.add("tos minclock 4 minsane 3");
    }
    lines.add("");
    lines.add("# What is known of the clock's frequency survives a restart.");
    lines.add("driftfile " + NTPSEC_DRIFT_FILE);
    lines.add("");
    lines.add("# Strangers get the time, nothing else; this host may ask everything.");
    lines.add("restrict default kod limited nomodify noquery");
    lines.add("restrict 127.0.0.1");
    lines.add("restrict ::1");
    return lines;
  }

  private static List<String> chrony(List<String> hosts) {
    List<String> lines = new ArrayList<>();
    lines.add("# chrony: no leap-smearing server beside others, no local clock as a fallback.");
    lines.addAll(sources(hosts));
    if (count(hosts) >= SourceChecks.ENOUGH) {
      lines.add("");
      lines.add("# One server alone is not believed.");
      lines.add("minsources 2");
    }
    lines.add("");
    lines.add("# What is known of the clock's frequency survives a restart.");
    lines.add("driftfile " + CHRONY_DRIFT_FILE);
    lines.add("");
    lines.add("# A step in the first three updates after the start only, never in mid-flight.");
    lines.add("makestep 1 3");
    lines.add("");
    lines.add("# The kernel copies good time to the hardware clock.");
    lines.add("rtcsync");
    return lines;
  }

  private static List<String> timesyncd(List<String> hosts) {
    return List.of(
        "# systemd-timesyncd: asks one of these at a time and believes it.",
        "[Time]",
        "NTP=" + String.join(" ", hosts),
        "# Only the servers above: no fallback to those that were compiled in.",
        "FallbackNTP=");
  }

  private static List<String> sources(List<String> hosts) {
    return hosts.stream()
        .map(host -> (Source.isOfPool(Source.bare(host)) ? "pool " : "server ") + host + " iburst")
        .toList();
  }

  private static int count(List<String> hosts) {
    return hosts.stream().mapToInt(host -> Source.isOfPool(Source.bare(host)) ? 4 : 1).sum();
  }
}
