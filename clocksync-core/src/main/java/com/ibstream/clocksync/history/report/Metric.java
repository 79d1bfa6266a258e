package com.ibstream.clocksync.history.report;

/**
 * One of the owner's targets, and what came of it. Immutable.
 *
 * @param name what is measured
 * @param target what was aimed at, for people
 * @param value what was measured, for people
 * @param outcome whether it was met
 */
public record Metric(String name, String target, String value, Outcome outcome) {

  /** Whether a target was met. */
  public enum Outcome {
    /** It was met. */
    PASS,
    /** It was not. */
    FAIL,
    /** Nothing was measured that could tell. That is no pass. */
    UNKNOWN
  }
}
