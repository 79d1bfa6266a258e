package com.ibstream.clocksync.history.report;

import com.ibstream.clocksync.history.read.HistoryRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a report shows beside its figures. Immutable.
 *
 * @param drift offsets for drawing, oldest first
 * @param servers each server, by one record an hour
 * @param serviceStates for how long the time service was in each state
 * @param rtcStates the same for the hardware clock
 * @param warnings what somebody should have looked at; the first thousand
 */
public record PeriodDetails(
    List<DriftPoint> drift,
    List<ServerFigures> servers,
    Map<String, Duration> serviceStates,
    Map<String, Duration> rtcStates,
    List<Warning> warnings) {

  /** Copies lists and maps. */
  public PeriodDetails {
    drift = List.copyOf(drift);
    servers = List.copyOf(servers);
    serviceStates = Map.copyOf(serviceStates);
    rtcStates = Map.copyOf(rtcStates);
    warnings = List.copyOf(warnings);
  }

  /**
   * A point for drawing. Offsets are UTC minus system clock.
   *
   * @param atEpochNanos the middle of its time, UTC
   * @param offsetNanos the mean
   * @param leastNanos the least offset possible at any record of its time
   * @param mostNanos the greatest
   */
  public record DriftPoint(
      long atEpochNanos, double offsetNanos, long leastNanos, long mostNanos) {}

  /**
   * An event.
   *
   * @param at when it was recorded
   * @param text for people
   */
  public record Warning(Instant at, String text) {

    static Warning of(HistoryRecord record, HistoryRecord.Event event) {
      return new Warning(Instant.EPOCH.plusNanos(record.atEpochNanos()), event.text());
    }
  }
}
