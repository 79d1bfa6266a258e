package com.ibstream.clocksync;

import java.util.Locale;
import java.util.Map;

/** Prints what came of all scenarios. */
final class ScenarioTable {

  private static final double NANOS_PER_YEAR = 365.25 * 86_400 * 1e9;

  private ScenarioTable() {}

  /** Prints a line for each script, and the sum, which it returns. */
  static ScenarioTally print(
      Map<FaultScript, ScenarioTally> plain,
      Map<FaultScript, ScenarioTally> checked,
      double seconds) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-30s %5s %10s %10s %6s | %8s %8s | %10s %10s%n",
            "fault script",
            "runs",
            "reads",
            "trusted",
            "wrong",
            "apart",
            "wrong",
            "error us",
            "bound us"));
    ScenarioTally sum = new ScenarioTally();
    for (FaultScript script : FaultScript.values()) {
      ScenarioTally both = new ScenarioTally();
      both.add(plain.get(script));
      both.add(checked.get(script));
      text.append(line(script.name(), both));
      sum.add(both);
    }
    text.append(line("all", sum));
    ScenarioTally inReads = new ScenarioTally();
    checked.values().forEach(inReads::add);
    text.append(line("of these checked in reads", inReads));
    text.append(
        String.format(
            Locale.ROOT,
            "%,d scenarios over %d scripts, %,d reads, %.2f simulated years, %,d exchanges; %.1f s%n",
            sum.scenarioCount,
            FaultScript.values().length,
            sum.readCount,
            sum.simulatedNanos / NANOS_PER_YEAR,
            sum.exchangeCount,
            seconds));
    System.out.println(text);
    return sum;
  }

  private static String line(String name, ScenarioTally tally) {
    return String.format(
        Locale.ROOT,
        "%-30s %5d %10d %10d %6d | %8d %8d | %10.1f %10.1f%n",
        name,
        tally.scenarioCount,
        tally.readCount,
        tally.trustedCount,
        tally.violationCount,
        tally.apartCount,
        tally.apartViolationCount,
        tally.medianErrorMicros(),
        tally.medianBoundMicros());
  }
}
