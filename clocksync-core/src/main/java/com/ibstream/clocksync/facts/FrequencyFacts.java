package com.ibstream.clocksync.facts;

/**
 * How fast the machine's oscillator drifts: UTC's rate against the raw clock, or against the ruler
 * where the raw clock is not seen. Positive = our clock loses time.
 *
 * @param driftRatePpm best estimate, parts per million
 * @param skewPpm how wrong it may be, 95 %: statistics, no promise
 * @param minPpm the least rate that the evidence allows, under the configured assumption on changes
 * @param maxPpm the greatest rate
 */
public record FrequencyFacts(double driftRatePpm, double skewPpm, double minPpm, double maxPpm) {}
