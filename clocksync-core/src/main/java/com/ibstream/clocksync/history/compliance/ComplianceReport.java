package com.ibstream.clocksync.history.compliance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.history.compliance.ComplianceDay.Exceedance;
import com.ibstream.clocksync.history.compliance.ComplianceDay.Outcome;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.ServerFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a history shows of a clock against a profile. Immutable.
 *
 * @param profile what is asked
 * @param report of the same period
 * @param days the business days
 */
public record ComplianceReport(
    ComplianceProfile profile, ClockReport report, List<ComplianceDay> days) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** Copies the list. */
  public ComplianceReport {
    days = List.copyOf(days);
  }

  /**
   * What can be said of all days.
   *
   * @return the worst of them; never better than incomplete where the chain of the history is not
   *     proved
   */
  public Outcome outcome() {
    Outcome worst =
        days.stream()
            .map(ComplianceDay::outcome)
            .min(Outcome::compareTo)
            .orElse(Outcome.INCOMPLETE);
    return report.isProved() || worst.compareTo(Outcome.INCOMPLETE) < 0
        ? worst
        : Outcome.INCOMPLETE;
  }

  /**
   * How the stamps lead back to UTC, for people: which servers, what they followed, how exactly
   * they were known.
   *
   * @return some sentences
   */
  public String traceability() {
    StringBuilder text =
        new StringBuilder(
            "UTC is taken from the interval that a strict majority of independent NTP servers"
                + " vouches for. Its bound is the sum of half the round trip, half the server's own"
                + " root delay, its root dispersion, the precisions, ageing on the host's"
                + " oscillator, what is still to be slewed, and the distance of the estimate from"
                + " the middle; every record of the history holds these terms, and each server's"
                + " interval. Servers of the period, by one record an hour:");
    for (ServerFigures server : report.details().servers()) {
      text.append(
          String.format(
              Locale.ROOT,
              " %s (%s), stratum %s following %s with a root distance of %.3f ms, behind the vote in %d of"
                  + " %d, last known to %s;",
              server.server(),
              server.address().isEmpty() ? "no address" : server.address(),
              server.stratum() == 0 ? "unknown" : Integer.toString(server.stratum()),
              server.reference().isEmpty() ? "nobody knows what" : server.reference(),
              server.lastRootDistanceNanos() / NANOS_PER_MILLI,
              server.agreeingCount(),
              server.seenCount(),
              server.lastOffsetNanos().isPresent()
                  ? String.format(Locale.ROOT, "%.3f ms", server.lastBoundNanos() / NANOS_PER_MILLI)
                  : "nothing"));
    }
    return text.append(" chain of the history: ").append(report.proof()).append('.').toString();
  }

  /**
   * For people.
   *
   * @return Markdown that ends with a line feed
   */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    line(text, "# %s: %s to %s UTC", profile.id(), report.from(), report.until());
    line(text, "");
    line(text, "%s.", profile.title());
    line(
        text,
        "Limit %.3f ms from UTC, by %s, version %s, effective %s.%s%s",
        profile.limitNanos() / NANOS_PER_MILLI,
        profile.source(),
        profile.version(),
        profile.effective(),
        profile.isVerified() ? "" : " **The figures of this profile are not verified.**",
        profile.note().isEmpty() ? "" : " " + profile.note());
    line(text, "");
    line(
        text,
        "**%s**%s",
        word(outcome()),
        report.isProved()
            ? ""
            : ": the chain of the history is " + report.proof().replaceAll("[<\\p{Cntrl}]", " "));
    line(text, "");
    line(
        text,
        "| day | outcome | within | beyond | not demonstrable | unmonitored | checked before the open |");
    line(text, "|---|---|---|---|---|---|---|");
    for (ComplianceDay day : days) {
      line(
          text,
          "| %s | %s | %s | %s | %s | %s | %s |",
          day.day(),
          word(day.outcome()),
          seconds(day.within()),
          seconds(day.beyond()),
          seconds(day.undemonstrable()),
          seconds(day.unmonitored()),
          day.preOpen().map(Instant::toString).orElse("-"));
    }
    line(text, "");
    line(text, "## Exceedances");
    line(text, "");
    for (ComplianceDay day : days) {
      for (Exceedance exceedance : day.exceedances()) {
        line(
            text,
            "- %s to %s, at most %.3f ms%s",
            exceedance.from(),
            exceedance.until(),
            exceedance.peakNanos() / NANOS_PER_MILLI,
            exceedance
                .cause()
                .map(cause -> ": " + cause.replaceAll("[<\\p{Cntrl}]", " "))
                .orElse(""));
      }
    }
    line(text, "## Traceability");
    line(text, "");
    line(text, "%s", traceability().replaceAll("[<\\p{Cntrl}]", " "));
    return text.toString();
  }

  /**
   * For programs.
   *
   * @return one JSON document on one line
   */
  public String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode asked = json.putObject("profile");
    asked.put("id", profile.id()).put("title", profile.title()).put("source", profile.source());
    asked.put("version", profile.version()).put("effective", profile.effective().toString());
    asked.put("limit_ns", profile.limitNanos()).put("verified", profile.isVerified());
    profile.granularityNanos().ifPresent(nanos -> asked.put("granularity_ns", nanos));
    json.put("from", report.from().toString()).put("until", report.until().toString());
    json.put("outcome", word(outcome()));
    ArrayNode all = json.putArray("days");
    for (ComplianceDay day : days) {
      ObjectNode one = all.addObject();
      one.put("day", day.day().toString()).put("outcome", word(day.outcome()));
      one.put("within_ns", day.within().toNanos()).put("beyond_ns", day.beyond().toNanos());
      one.put("not_demonstrable_ns", day.undemonstrable().toNanos());
      one.put("unmonitored_ns", day.unmonitored().toNanos());
      day.preOpen().ifPresent(at -> one.put("checked_before_open", at.toString()));
      ArrayNode exceedances = one.putArray("exceedances");
      for (Exceedance exceedance : day.exceedances()) {
        ObjectNode beyond = exceedances.addObject();
        beyond.put("from", exceedance.from().toString());
        beyond.put("until", exceedance.until().toString());
        beyond.put("peak_ns", exceedance.peakNanos());
        exceedance.cause().ifPresent(cause -> beyond.put("cause", cause));
      }
    }
    return json.put("traceability", traceability()).toString();
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
