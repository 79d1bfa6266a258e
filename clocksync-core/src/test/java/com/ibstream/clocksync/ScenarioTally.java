package com.ibstream.clocksync;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What came of scenarios: counts of reads, and the violations with their seeds. Single thread. */
final class ScenarioTally {

  private static final int MOST_VIOLATIONS = 20;
  private static final int SIZES_KEPT = 200_000;

  long scenarioCount;
  long readCount;
  long trustedCount;

  /** Trusted reads after a wake-up or the onset of a slew that the next look has not seen yet. */
  long apartCount;

  long apartViolationCount;

  /** Those of them that were wrong and not withdrawn by the next look. */
  long keptCount;

  long violationCount;
  long exchangeCount;
  double simulatedNanos;
  final List<String> violations = new ArrayList<>();
  private final List<long[]> sizes = new ArrayList<>();

  void violated(boolean isApart, String what) {
    if (isApart) {
      apartViolationCount++;
      return;
    }
    violationCount++;
    if (violations.size() < MOST_VIOLATIONS) {
      violations.add(what);
    }
  }

  /** Notes how wrong a trusted read was and what it claimed. */
  void size(long errorNanos, long boundNanos) {
    if (sizes.size() < SIZES_KEPT) {
      sizes.add(new long[] {Math.abs(errorNanos), boundNanos});
    }
  }

  void add(ScenarioTally other) {
    scenarioCount += other.scenarioCount;
    readCount += other.readCount;
    trustedCount += other.trustedCount;
    apartCount += other.apartCount;
    apartViolationCount += other.apartViolationCount;
    keptCount += other.keptCount;
    violationCount += other.violationCount;
    exchangeCount += other.exchangeCount;
    simulatedNanos += other.simulatedNanos;
    other.violations.stream()
        .limit(Math.max(0, MOST_VIOLATIONS - violations.size()))
        .forEach(violations::add);
    other.sizes.stream().limit(Math.max(0, SIZES_KEPT - sizes.size())).forEach(sizes::add);
  }

  double medianErrorMicros() {
    return median(0);
  }

  double medianBoundMicros() {
    return median(1);
  }

  private double median(int column) {
    long[] sorted = sizes.stream().mapToLong(size -> size[column]).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2] / 1e3;
  }
}
