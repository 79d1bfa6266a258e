package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.time.Ruler;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every fault script with many seeds: while a strict majority of the reachable servers is honest,
 * no trusted read may miss the truth.
 */
class FaultScriptsTest {

  private static final int SEEDS = Integer.getInteger("scenario.seeds", 40);
  private static final long FIRST_SEED = Long.getLong("scenario.first", 0);
  private static final int GROUPS = Integer.getInteger("scenario.groups", 500);

  /** What may make reads wrong until the next look: the ruler stands, or is slewed too fast. */
  private static final Set<FaultScript> FALSIFYING =
      EnumSet.of(
          FaultScript.SLEEP,
          FaultScript.SLEEP_WITH_PACKETS_ON_WAKING,
          FaultScript.SLEEP_DURING_OUTAGE,
          FaultScript.SLEEP_WHILE_THE_KERNEL_IS_SILENT,
          FaultScript.SLEWED_AS_CHRONYD_DOES,
          FaultScript.SLEWED_ALL_THE_TIME,
          FaultScript.SLEWED_WHILE_LIARS_LIE,
          FaultScript.SLEWED_WHILE_THE_KERNEL_IS_SILENT,
          FaultScript.EVERYTHING);

  private static final int PROGRESS = 2_000;
  private static final long LENGTH_NANOS =
      Math.max(Scene.EPISODE, Long.getLong("scenario.hours", 0) * 60 * Scene.MINUTE);

  @Test
  void shouldHoldTheTruthInEveryTrustedReadWhateverGoesWrong()
      throws InterruptedException, ExecutionException {
    long begin = Ruler.system().monoNanos();
    Map<FaultScript, ScenarioTally> plain = new EnumMap<>(FaultScript.class);
    Map<FaultScript, ScenarioTally> checked = new EnumMap<>(FaultScript.class);
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<Runnable>> results = new ArrayList<>();
      for (FaultScript script : FaultScript.values()) {
        plain.put(script, new ScenarioTally());
        checked.put(script, new ScenarioTally());
        for (int i = 0; i < SEEDS; i++) {
          long seed = FIRST_SEED + i;
          boolean isChecked = i % 4 == 3;
          ScenarioTally sum = (isChecked ? checked : plain).get(script);
          results.add(
              threads.submit(
                  () -> {
                    ScenarioTally one =
                        new ScenarioRun(script, seed, isChecked, LENGTH_NANOS > Scene.EPISODE)
                            .run(LENGTH_NANOS, GROUPS);
                    return () -> sum.add(one);
                  }));
        }
      }
      for (int i = 0; i < results.size(); i++) {
        results.get(i).get().run();
        results.set(i, null);
        if ((i + 1) % PROGRESS == 0) {
          System.out.printf("%,d of %,d scenarios%n", i + 1, results.size());
        }
      }
    } finally {
      threads.shutdownNow();
    }
    double seconds = (Ruler.system().monoNanos() - begin) / 1e9;
    ScenarioTally sum = ScenarioTable.print(plain, checked, seconds);

    assertThat(sum.violations).as("trusted reads that miss the truth, by seed").isEmpty();
    assertThat(sum.violationCount).isZero();
    assertThat(sum.keptCount).as("wrong reads apart that the next look did not withdraw").isZero();
    assertThat(checked.values()).as("checked in reads").allMatch(t -> t.apartViolationCount == 0);
    plain.keySet().removeAll(FALSIFYING);
    assertThat(plain.values())
        .as("apart, and nothing stood")
        .allMatch(t -> t.apartViolationCount == 0);
    assertThat(sum.trustedCount).as("something must be trusted").isGreaterThan(sum.readCount / 2);
  }

  /** Seeds that found a reading outside its interval once. */
  @ParameterizedTest
  @CsvSource({"SLEWED_AS_CHRONYD_DOES,1001", "SLEWED_ALL_THE_TIME,2000"})
  void shouldHoldTheTruthWhereItOnceDidNot(FaultScript script, long seed) {
    ScenarioTally tally = new ScenarioRun(script, seed, false, false).run(Scene.EPISODE, 500);

    assertThat(tally.violations).isEmpty();
    assertThat(tally.trustedCount).isGreaterThan(5_000);
  }

  /** With a wide tolerance trust outlasts what a line remembers of the past. */
  @ParameterizedTest
  @CsvSource({"7,8", "17,8", "36,5"})
  void shouldTakeBackWhatWasToldWhileTheKernelWasSilent(long seed, int wrongCount) {
    ScenarioTally tally =
        new ScenarioRun(FaultScript.SLEEP_WHILE_THE_KERNEL_IS_SILENT, seed, false, true)
            .run(Scene.EPISODE, 500);

    assertThat(tally.apartViolationCount).as("wrong until the next look").isEqualTo(wrongCount);
    assertThat(tally.keptCount).as("not withdrawn by it").isZero();
  }
}
