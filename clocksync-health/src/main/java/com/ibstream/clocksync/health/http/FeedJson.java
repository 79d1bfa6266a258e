package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.FeedFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Writes what a market feed proves about our clocks, also as a sentence. Stateless. */
final class FeedJson {

  private FeedJson() {}

  static ObjectNode of(FeedFacts feed) {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("name", feed.name()).put("text", text(feed));
    json.set("trusted_clock_drift_at_most_ms", drift(feed.trustedClockSlowNanos()));
    json.set("system_clock_drift_at_most_ms", drift(feed.systemClockSlowNanos()));
    json.set("trusted_clock", lateness(feed.trustedClockLateness()));
    json.set("system_clock", lateness(feed.systemClockLateness()));
    json.put("observed", feed.observedCount());
    json.put("refused", feed.refusedCount());
    json.set(
        "age_s",
        feed.lastAgeNanos().isPresent()
            ? JsonValues.seconds(feed.lastAgeNanos().getAsLong())
            : nothing());
    json.set("resolution_ms", JsonValues.millis(feed.resolutionNanos()));
    json.set("allowance_ms", JsonValues.millis(feed.allowanceNanos()));
    return json;
  }

  /** A clock that is slow has a negative drift: the sign turns. */
  private static JsonNode drift(OptionalLong slowNanos) {
    return slowNanos.isPresent() ? JsonValues.driftMillis(slowNanos.getAsLong()) : nothing();
  }

  private static JsonNode lateness(FeedFacts.Lateness lateness) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("lateness_ms", millis(lateness.presentNanos()));
    json.set("usual_lateness_ms", millis(lateness.usualNanos()));
    json.set("rise_ms", millis(lateness.riseNanos()));
    json.put("raised", lateness.isRaised());
    return json;
  }

  private static JsonNode millis(OptionalLong nanos) {
    return nanos.isPresent() ? JsonValues.millis(nanos.getAsLong()) : nothing();
  }

  private static JsonNode nothing() {
    return NullNode.getInstance();
  }

  private static String text(FeedFacts feed) {
    List<String> clauses = new ArrayList<>();
    addSlow(clauses, "trusted clock", feed.trustedClockSlowNanos());
    addSlow(clauses, "system clock", feed.systemClockSlowNanos());
    addLate(clauses, "trusted clock", feed.trustedClockLateness());
    addLate(clauses, "system clock", feed.systemClockLateness());
    if (clauses.isEmpty()) {
      clauses.add(
          feed.observedCount() == 0 ? "nothing came in yet" : "nothing speaks against our clocks");
    }
    return String.join("; ", clauses);
  }

  private static void addSlow(List<String> clauses, String clock, OptionalLong slowNanos) {
    if (slowNanos.isPresent()) {
      clauses.add("the " + clock + " is behind by at least " + text(slowNanos.getAsLong()));
    }
  }

  private static void addLate(List<String> clauses, String clock, FeedFacts.Lateness lateness) {
    if (lateness.isRaised()) {
      String by =
          lateness.riseNanos().isPresent() ? " " + text(lateness.riseNanos().getAsLong()) : "";
      clauses.add("ticks come in" + by + " later than usual by the " + clock);
    }
  }

  private static String text(long nanos) {
    return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
  }
}
