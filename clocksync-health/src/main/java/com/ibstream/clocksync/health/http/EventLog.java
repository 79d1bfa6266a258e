package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockEventListener;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The latest events, in memory. Safe for threads. */
public final class EventLog implements ClockEventListener {

  /** More are in the history. */
  public static final int MOST_EVENTS = 500;

  /** Where it says what to do, for each kind of event. */
  static final String PAGE = "docs/operations/alerts-and-events.md";

  private final Deque<ClockEvent> events = new ArrayDeque<>();

  /** An empty log. */
  public EventLog() {}

  @Override
  public void onEvent(ClockEvent event) {
    synchronized (events) {
      events.addFirst(event);
      if (events.size() > MOST_EVENTS) {
        events.removeLast();
      }
    }
  }

  /** The latest, newest first; their age needs a status that can be read. */
  ObjectNode json(int limit, HealthSnapshot snapshot) {
    List<ClockEvent> latest;
    synchronized (events) {
      latest = new ArrayList<>(events);
    }
    Optional<Long> now = snapshot.status().map(ClockStatus::asOfMonoNanos);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var array = json.putArray("events");
    for (ClockEvent event : latest.subList(0, Math.min(limit, latest.size()))) {
      ObjectNode one = array.addObject();
      now.ifPresentOrElse(
          mono -> one.set("age_s", JsonValues.seconds(Math.max(0, mono - event.monoNanos()))),
          () -> one.putNull("age_s"));
      one.put("type", event.getClass().getSimpleName());
      one.put("warning", event.isWarning()).put("text", event.text());
      one.put("what_to_do", PAGE + "#" + anchor(heading(event.getClass())));
    }
    return json;
  }

  /** The heading of a kind of event on the page, as docs/events.md calls it. */
  static String heading(Class<?> kind) {
    Class<?> family = kind.getEnclosingClass();
    String name = kind.getSimpleName();
    return family == ClockEvent.class ? name : family.getSimpleName() + "." + name;
  }

  /** The anchor that a heading without spaces gets. */
  static String anchor(String heading) {
    return heading.replace(".", "").toLowerCase(Locale.ROOT);
  }
}
