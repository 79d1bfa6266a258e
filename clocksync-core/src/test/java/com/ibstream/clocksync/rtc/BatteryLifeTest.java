package com.ibstream.clocksync.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.BatteryFacts.PowerOff;
import com.ibstream.clocksync.facts.BatteryFacts.Verdict;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Rate;
import com.ibstream.clocksync.rtc.RtcFiles.ChipStatus;
import com.ibstream.clocksync.testing.SimulatedRtc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Years of simulated batteries, sound and failing: when it is said, and how often wrongly. */
class BatteryLifeTest {

  private static final int RUNS = Integer.getInteger("rtc.battery.runs", 300);
  private static final long START = 1_795_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final long DAY = TimeUnit.DAYS.toNanos(1);
  private static final long LIMIT = 60 * SECOND;

  /** How often and how long the power goes: both vary by half. */
  private record Schedule(String name, long everyNanos, long forNanos, double leastPercent) {}

  private static final List<Schedule> SCHEDULES =
      List.of(
          new Schedule("every night, 8 h", DAY, 8 * HOUR, 99),
          new Schedule("every weekend, 2 days", 7 * DAY, 2 * DAY, 95),
          new Schedule("every week, 6 h", 7 * DAY, 6 * HOUR, 99),
          new Schedule("every week, 1 h", 7 * DAY, HOUR, 99),
          new Schedule("every two weeks, 4 h", 14 * DAY, 4 * HOUR, 95),
          new Schedule("every month, 12 h", 30 * DAY, 12 * HOUR, 0));

  /** One host, from boot to boot. */
  private static final class Life {

    private final SplittableRandom random;
    private final SimulatedRtc rtc;
    private final Schedule schedule;
    private final List<PowerOff> powerOffs = new ArrayList<>();
    private long now = START;
    private double lostNanos;
    private Verdict verdict = Verdict.UNKNOWN;

    Life(long seed, Schedule schedule, double lifeNanos) {
      this.schedule = schedule;
      random = new SplittableRandom(seed);
      double sign = random.nextBoolean() ? 1 : -1;
      rtc = new SimulatedRtc(seed, sign * random.nextDouble(0, 200), START);
      rtc.battery(START, lifeNanos);
    }

    private long vary(long nanos) {
      return random.nextLong(nanos / 2, nanos + nanos / 2);
    }

    /** Up for a while, then off, then the first reading and the judgement. */
    void pass() {
      long off = now + vary(schedule.everyNanos() - schedule.forNanos() / 2);
      long on = off + vary(schedule.forNanos());
      long seen = off - random.nextLong(TimeUnit.MINUTES.toNanos(10));
      boolean isCopied = random.nextInt(4) > 0;
      if (isCopied) {
        long copy = seen - random.nextLong(TimeUnit.MINUTES.toNanos(11));
        rtc.set(copy, copy + random.nextLong(-4_000_000, 4_000_000));
      }
      Difference last = new Difference(seen - rtc.epochNanosAt(seen), 10_000_000);
      if (isCopied && random.nextBoolean()) {
        rtc.set(off, off + random.nextLong(-4_000_000, 4_000_000)); // at the shutdown
      }
      Optional<Rate> rate =
          powerOffs.size() > 1
              ? Optional.of(
                  new Rate(
                      rtc.meanDriftRatePpm(seen - DAY, seen) + random.nextDouble(-1, 1),
                      1,
                      DAY,
                      700,
                      0))
              : Optional.empty();
      RtcMemory.Known before = new RtcMemory.Known("a", seen, last, rate, powerOffs);
      OptionalLong trace = random.nextInt(4) > 0 ? OptionalLong.of(off) : OptionalLong.empty();
      rtc.powerOff(off, on);
      long boot = on + 3 * SECOND;
      long shown = rtc.epochSecondsAt(boot) * SECOND + SECOND / 2;
      long bound = SECOND / 2 + random.nextLong(SECOND / 10);
      lostNanos = rtc.lostShareAt(on) * (on - off);
      boolean isReset = boot - shown > 90 * DAY;
      powerOffs.add(
          PowerOffs.between(before, trace, boot, new Difference(boot - shown, bound), isReset));
      verdict = BatteryJudge.judge(ChipStatus.UNKNOWN, powerOffs, rate, boot).verdict();
      rtc.set(boot + SECOND, boot + SECOND);
      now = boot + SECOND;
    }

    /** By the battery alone, without what the quartz does anyhow. */
    boolean isBeyondLimit() {
      return lostNanos > LIMIT;
    }
  }

  @Test
  void shouldHardlyEverCallASoundBatteryFailing() {
    System.out.printf(
        Locale.ROOT,
        "Sound batteries, 10 years, %d runs each: called failing once or more%n",
        RUNS);
    for (Schedule schedule : SCHEDULES) {
      int alarms = 0;
      int suspicions = 0;
      int healthy = 0;
      for (int seed = 0; seed < RUNS; seed++) {
        Life life = new Life(seed, schedule, Double.POSITIVE_INFINITY);
        boolean isAlarm = false;
        boolean isSuspicion = false;
        while (life.now - START < 3_650 * DAY) {
          life.pass();
          isAlarm |= life.verdict == Verdict.FAILING;
          isSuspicion |= life.verdict == Verdict.SUSPECT;
        }
        alarms += isAlarm ? 1 : 0;
        suspicions += isSuspicion ? 1 : 0;
        healthy += life.verdict == Verdict.HEALTHY ? 1 : 0;
      }
      System.out.printf(
          Locale.ROOT,
          "%-28s failing %5.2f%%, suspect %5.2f%%, healthy at the end %6.2f%%%n",
          schedule.name(),
          alarms * 100.0 / RUNS,
          suspicions * 100.0 / RUNS,
          healthy * 100.0 / RUNS);
      assertThat(alarms * 100.0 / RUNS).as(schedule.name()).isLessThan(1);
    }
  }

  @Test
  void shouldCallAFailingBatteryFailingBeforeItCostsAMinute() {
    System.out.printf(
        Locale.ROOT,
        "Batteries that fail after about 3 years, %d runs each: called failing before a time"
            + " without power cost 60 s%n",
        RUNS);
    int intime = 0;
    for (Schedule schedule : SCHEDULES) {
      int early = 0;
      for (int seed = 0; seed < RUNS; seed++) {
        double years = 2 + new SplittableRandom(seed).nextDouble(2);
        Life life = new Life(seed, schedule, years * 365 * DAY);
        life.now = START + (long) (0.85 * years * 365 * DAY);
        boolean isSaid = false;
        do {
          isSaid |= life.verdict == Verdict.FAILING;
          life.pass();
        } while (!life.isBeyondLimit());
        early += isSaid ? 1 : 0;
      }
      System.out.printf(Locale.ROOT, "%-28s %6.2f%%%n", schedule.name(), early * 100.0 / RUNS);
      intime += early;
      assertThat(early * 100.0 / RUNS).as(schedule.name()).isGreaterThan(schedule.leastPercent());
    }
    System.out.printf(
        Locale.ROOT, "%-28s %6.2f%%%n", "all", intime * 100.0 / RUNS / SCHEDULES.size());
  }

  @Test
  void shouldBelieveInANewBatteryOnceItHasKeptTheTime() {
    Life life = new Life(7, SCHEDULES.get(2), 2.0 * 365 * DAY);
    while (life.now - START < 740 * DAY) {
      life.pass();
    }
    assertThat(life.verdict).isEqualTo(Verdict.FAILING);
    life.rtc.battery(life.now, 3.0 * 365 * DAY);
    for (int known = 0; known < 3; ) {
      life.pass();
      known += life.powerOffs.get(life.powerOffs.size() - 1).isStartKnown() ? 1 : 0;
    }
    assertThat(life.verdict).isEqualTo(Verdict.HEALTHY);
  }
}
