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
import java.util.Optional;

/** The latest events, in memory. Safe for threads. */
public final class EventLog implements ClockEventListener {

  /** More are in the history. */
  public static final int MOST_EVENTS = 500;

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
    }
    return json;
  }
}
