package com.ibstream.clocksync.examples.benchmarks;

import com.google.common.math.Quantiles;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.results.IterationResult;

/** What was measured with a number of threads, a score for each call and round. One thread. */
final class HotPathScores {

  /** JMH itself takes a few kilobytes an iteration. A call that allocates takes 16 bytes. */
  private static final double NO_BYTES = 0.05;

  private static final int QUICK_PERCENT = 10;
  private static final String BYTES_PER_CALL = "gc.alloc.rate.norm";

  private final int threadCount;
  private final Map<HotCall, List<Double>> nanosOf = new EnumMap<>(HotCall.class);
  private final Map<HotCall, List<Double>> bytesOf = new EnumMap<>(HotCall.class);

  HotPathScores(int threadCount) {
    this.threadCount = threadCount;
  }

  int threadCount() {
    return threadCount;
  }

  /**
   * Adds a round. What else runs on the machine only ever adds to a call's time, so the quickest
   * tenth of the iterations says what the call itself takes, for it and its reference alike.
   */
  void add(HotCall call, Collection<IterationResult> iterations) {
    List<Double> nanos = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (IterationResult iteration : iterations) {
      nanos.add(iteration.getPrimaryResult().getScore());
      bytes.add(iteration.getSecondaryResults().get(BYTES_PER_CALL).getScore());
    }
    nanosOf
        .computeIfAbsent(call, key -> new ArrayList<>())
        .add(Quantiles.percentiles().index(QUICK_PERCENT).compute(nanos));
    bytesOf.computeIfAbsent(call, key -> new ArrayList<>()).add(median(bytes));
  }

  /** Whether all goals are. */
  boolean isReached() {
    return nanosOf.keySet().stream().allMatch(this::isReached);
  }

  void print(PrintWriter out) {
    out.printf("%n%d thread%s%n", threadCount, threadCount == 1 ? "" : "s");
    out.printf(
        "%-31s %7s %7s %15s %6s %7s  %s%n",
        "call", "ns", "ratio", "least..greatest", "goal", "B/call", "verdict");
    nanosOf.keySet().forEach(call -> out.println(line(call)));
  }

  private String line(HotCall call) {
    List<Double> ratios = ratios(call);
    Optional<Double> goal = call.greatestRatio();
    return String.format(
        "%-31s %7.1f %7.3f %15s %6s %7.2f  %s",
        call.label(),
        median(nanosOf.get(call)),
        median(ratios),
        String.format("%.3f..%.3f", Collections.min(ratios), Collections.max(ratios)),
        goal.map(greatest -> String.format("%.2f", greatest)).orElse("-"),
        median(bytesOf.get(call)),
        goal.isEmpty() ? "-" : isReached(call) ? "reached" : "missed");
  }

  private boolean isReached(HotCall call) {
    return call.greatestRatio()
        .map(greatest -> median(ratios(call)) <= greatest && median(bytesOf.get(call)) < NO_BYTES)
        .orElse(true);
  }

  /** A call's time by its reference's, round by round. */
  private List<Double> ratios(HotCall call) {
    List<Double> nanos = nanosOf.get(call);
    List<Double> referenceNanos = nanosOf.get(call.reference());
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < nanos.size(); round++) {
      ratios.add(nanos.get(round) / referenceNanos.get(round));
    }
    return ratios;
  }

  private static double median(List<Double> values) {
    return Quantiles.median().compute(values);
  }
}
