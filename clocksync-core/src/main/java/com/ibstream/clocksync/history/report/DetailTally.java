package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.history.read.HistoryRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the details of a period. NOT safe for threads. */
final class DetailTally {

  private static final long SERVERS_EVERY_NANOS = 3_600_000_000_000L;
  private static final int MOST_WARNINGS = 1_000;

  /** A name that is looked up anew brings new addresses, and years of them are many. */
  private static final int MOST_SERVERS = 1_000;

  private final DriftSeries drift;
  private final Map<String, ServerFigures> servers = new LinkedHashMap<>();
  private final Map<String, Duration> serviceStates = new LinkedHashMap<>();
  private final Map<String, Duration> rtcStates = new LinkedHashMap<>();
  private final List<PeriodDetails.Warning> warnings = new ArrayList<>();
  private long serversFromNanos = Long.MIN_VALUE;

  DetailTally(long fromNanos, long untilNanos) {
    drift = new DriftSeries(fromNanos, untilNanos);
  }

  /** Whether the servers of a record of that time are wanted. */
  boolean wantsServers(long atEpochNanos) {
    return atEpochNanos >= serversFromNanos;
  }

  void take(HistoryRecord record) {
    drift.take(record);
    if (!record.sources().isEmpty()) {
      serversFromNanos = record.atEpochNanos() + SERVERS_EVERY_NANOS;
    }
    for (HistoryRecord.Source source : record.sources()) {
      if (source.address().isEmpty() && source.state().equals("waiting")) {
        continue; // its name is being looked up
      }
      String name = source.server() + " " + source.address();
      if (servers.containsKey(name)) {
        servers.computeIfPresent(name, (key, before) -> before.and(source));
      } else if (servers.size() < MOST_SERVERS) {
        servers.put(name, ServerFigures.of(source));
      }
    }
    for (HistoryRecord.Event event : record.events()) {
      if (event.isWarning() && warnings.size() < MOST_WARNINGS) {
        warnings.add(PeriodDetails.Warning.of(record, event));
      }
    }
  }

  /** The time up to a record, which tells in what state the host was. */
  void take(Stretch stretch, HistoryRecord record) {
    add(serviceStates, record.service().orElse("not watched"), stretch);
    add(rtcStates, record.rtc().orElse("not watched"), stretch);
  }

  private static void add(Map<String, Duration> states, String state, Stretch stretch) {
    states.merge(state, Duration.ofNanos(stretch.nanos()), Duration::plus);
  }

  PeriodDetails details() {
    return new PeriodDetails(
        drift.points(), List.copyOf(servers.values()), serviceStates, rtcStates, warnings);
  }
}
