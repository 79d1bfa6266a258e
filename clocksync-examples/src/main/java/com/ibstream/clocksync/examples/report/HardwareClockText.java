package com.ibstream.clocksync.examples.report;

import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes for people what is known of the hardware clock and its battery. */
public final class HardwareClockText {

  private static final double NANOS_PER_HOUR = 3.6e12;

  private HardwareClockText() {}

  /**
   * The hardware clock, what a reboot would bring, and the battery.
   *
   * @param status what is known
   * @return one subject a line
   */
  public static List<String> lines(ClockStatus status) {
    Optional<RtcFacts> rtc = status.host().rtc();
    List<String> lines = new ArrayList<>();
    lines.add(row("hw clock", rtc.map(HardwareClockText::state).orElse("not looked at yet")));
    rtc.ifPresent(facts -> addDetails(lines, facts));
    return lines;
  }

  private static String state(RtcFacts facts) {
    return facts.device().map(device -> device.name() + " ").orElse("")
        + word(facts.state())
        + ": "
        + facts.reason();
  }

  private static void addDetails(List<String> lines, RtcFacts facts) {
    facts
        .comparison()
        .map(RtcFacts.Comparison::systemMinusRtc)
        .ifPresent(
            difference ->
                lines.add(
                    row(
                        "",
                        String.format(
                            Locale.ROOT,
                            "system clock minus hardware clock: %+.3f s, known to %.3f s",
                            difference.nanos() / 1e9,
                            difference.boundNanos() / 1e9))));
    facts
        .rate()
        .ifPresent(
            rate ->
                lines.add(
                    row(
                        "",
                        String.format(
                            Locale.ROOT,
                            "it %s %.1f ppm, known to %.1f, over %.1f h",
                            rate.driftRatePpm() < 0 ? "gains" : "loses",
                            Math.abs(rate.driftRatePpm()),
                            rate.errorPpm(),
                            rate.spanNanos() / NANOS_PER_HOUR))));
    facts.reboot().ifPresent(risk -> lines.add(row("", risk.text())));
    facts.causes().forEach(cause -> lines.add(row("", "its error is " + cause)));
    facts.remedy().forEach(command -> lines.add(row("", "to mend it: " + command)));
    if (facts.state() != RtcFacts.State.NOT_APPLICABLE) {
      lines.add(row("battery", word(facts.battery().verdict()) + ": " + facts.battery().reason()));
      facts
          .battery()
          .forecast()
          .map(BatteryFacts.Forecast::text)
          .ifPresent(text -> lines.add(row("", text)));
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "%-14s%s", name, value);
  }
}
