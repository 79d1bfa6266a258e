package com.ibstream.clocksync.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Rate;
import com.ibstream.clocksync.testing.SimulatedRtc;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rate of simulated clocks, whose true rate is known: as often right as it says. */
class RtcRateScenarioTest {

  private static final int SEEDS = Integer.getInteger("rtc.rate.seeds", 400);
  private static final long START = 1_795_000_000_000_000_000L;
  private static final long STEP = TimeUnit.MINUTES.toNanos(2);
  private static final long COPY = TimeUnit.MINUTES.toNanos(11);
  private static final long EDGE = 1_000_000;

  /** Who sets the clock, and how fast it runs. */
  private record Setting(String name, double leastPpm, double mostPpm, boolean isCopied) {}

  /** How often the truth lay within the stated error, and how large that was. */
  private record Result(double covered, double medianErrorPpm, double worstMissPpm) {}

  @Test
  void shouldHoldTheTruthAsOftenAsItSays() {
    System.out.printf(
        Locale.ROOT,
        "Rate of the hardware clock, %d seeds each, 1 to 36 h of observations every 2 min%n"
            + "%-44s %8s %12s %12s%n",
        SEEDS,
        "",
        "covered",
        "error, ppm",
        "worst miss");
    for (Setting setting :
        new Setting[] {
          new Setting("20 to 200 ppm, left alone", 20, 200, false),
          new Setting("20 to 200 ppm, set by the kernel", 20, 200, true),
          new Setting("0 to 20 ppm, left alone", 0, 20, false),
          new Setting("0 to 20 ppm, set by the kernel", 0, 20, true)
        }) {
      Result result = run(setting);
      System.out.printf(
          Locale.ROOT,
          "%-44s %7.1f%% %12.2f %12.2f%n",
          setting.name(),
          result.covered() * 100,
          result.medianErrorPpm(),
          result.worstMissPpm());
      assertThat(result.covered()).as(setting.name()).isGreaterThanOrEqualTo(0.95);
      assertThat(result.medianErrorPpm()).as(setting.name()).isLessThan(10);
    }
  }

  private static Result run(Setting setting) {
    int covered = 0;
    double worst = 0;
    double[] errors = new double[SEEDS];
    for (int seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double sign = random.nextBoolean() ? 1 : -1;
      double ppm = sign * random.nextDouble(setting.leastPpm(), setting.mostPpm());
      SimulatedRtc rtc = new SimulatedRtc(seed, ppm, START);
      long end = START + random.nextLong(TimeUnit.HOURS.toNanos(1), TimeUnit.HOURS.toNanos(36));
      Rate rate = observe(rtc, random, end, setting.isCopied()).orElseThrow();
      double truth = rtc.meanDriftRatePpm(START, end);
      double miss = Math.abs(rate.driftRatePpm() - truth) - rate.errorPpm();
      covered += miss <= 0 ? 1 : 0;
      worst = Math.max(worst, miss);
      errors[seed] = rate.errorPpm();
    }
    Arrays.sort(errors);
    return new Result((double) covered / SEEDS, errors[SEEDS / 2], worst);
  }

  private static Optional<Rate> observe(
      SimulatedRtc rtc, SplittableRandom random, long end, boolean isCopied) {
    RtcRate rate = new RtcRate();
    long copy = START + random.nextLong(COPY);
    for (long now = START; now <= end; now += STEP) {
      while (isCopied && copy < now) {
        rtc.set(copy, copy + random.nextLong(-4_000_000, 4_000_000));
        copy += COPY;
      }
      long error = random.nextLong(-EDGE, EDGE);
      rate.add(now - START, new Difference(now - rtc.epochNanosAt(now) + error, EDGE));
    }
    return rate.rate();
  }

  @Test
  void shouldCountWhoeverSetsTheClock() {
    SimulatedRtc rtc = new SimulatedRtc(1, 80, START);
    long end = START + TimeUnit.HOURS.toNanos(6);

    Rate rate = observe(rtc, new SplittableRandom(1), end, true).orElseThrow();

    assertThat(rate.writeCount()).isBetween(25, 33);
    assertThat(rate.spanNanos()).isEqualTo(TimeUnit.HOURS.toNanos(6));
  }
}
