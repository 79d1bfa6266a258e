package com.ibstream.clocksync.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.BatteryFacts.PowerOff;
import com.ibstream.clocksync.facts.BatteryFacts.Sign.Kind;
import com.ibstream.clocksync.facts.BatteryFacts.Verdict;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Rate;
import com.ibstream.clocksync.rtc.RtcFiles.ChipStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What one sign, and several, make of a battery. */
class BatteryJudgeTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = TimeUnit.DAYS.toNanos(1);
  private static final long OFF = TimeUnit.HOURS.toNanos(8);
  private static final long START = 1_795_000_000L * SECOND;

  private final List<PowerOff> powerOffs = new ArrayList<>();
  private ChipStatus chip = ChipStatus.UNKNOWN;
  private Optional<Rate> rate = Optional.empty();

  private BatteryJudgeTest lost(double seconds) {
    long end = START + powerOffs.size() * 7L * DAY;
    powerOffs.add(new PowerOff(end - OFF, end, Math.round(seconds * 1e9), SECOND, false, true));
    return this;
  }

  private BatteryJudgeTest reset() {
    long end = START + powerOffs.size() * 7L * DAY;
    powerOffs.add(new PowerOff(end - OFF, end, 0, 0, true, true));
    return this;
  }

  private BatteryFacts judged() {
    return BatteryJudge.judge(chip, powerOffs, rate, START + powerOffs.size() * 7L * DAY);
  }

  @Test
  void shouldKnowNothingWithoutATimeWithoutPower() {
    assertThat(judged().verdict()).isEqualTo(Verdict.UNKNOWN);
    chip = ChipStatus.OKAY;
    assertThat(judged().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void shouldExcuseNoLossThatNoZoneExplains() {
    long off = 20 * DAY;
    powerOffs.add(
        new PowerOff(START - off, START, off, 487 * SECOND, false, true)); // it stood still
    assertThat(judged().verdict()).isEqualTo(Verdict.FAILING);
    powerOffs.clear();
    long hours = TimeUnit.HOURS.toNanos(28); // farther apart than any two zones
    powerOffs.add(new PowerOff(START - 5 * DAY, START, hours, SECOND, false, true));
    assertThat(judged().verdict()).isEqualTo(Verdict.FAILING);
  }

  @Test
  void shouldCallABatteryThatKeptTheTimeHealthy() {
    assertThat(lost(0.4).judged().verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(judged().reason()).isEqualTo("it kept the time over the latest boot");
  }

  /** The machine may have been on all the time but for a minute. */
  @Test
  void shouldTakeATimeWhoseBeginningNobodyKnowsForTheBatteryNeverAndAgainstItAlways() {
    powerOffs.add(new PowerOff(START - 20 * DAY, START, SECOND, SECOND, false, false));
    assertThat(judged().verdict()).isEqualTo(Verdict.UNKNOWN);
    powerOffs.add(new PowerOff(START - 20 * DAY, START, 900 * SECOND / 2, SECOND, false, false));
    assertThat(judged().verdict()).isEqualTo(Verdict.FAILING);
  }

  @Test
  void shouldNotVouchForACellThatNobodyHasSeenKeepTheTimeForAYear() {
    lost(0).lost(0);
    long end = powerOffs.get(1).endEpochNanos();

    assertThat(BatteryJudge.judge(chip, powerOffs, rate, end + 365 * DAY).verdict())
        .isEqualTo(Verdict.HEALTHY);
    BatteryFacts old = BatteryJudge.judge(chip, powerOffs, rate, end + 365 * DAY + 1);
    assertThat(old.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(old.reason()).contains("over a year ago");
    lost(30);
    assertThat(BatteryJudge.judge(chip, powerOffs, rate, end + 900 * DAY).verdict())
        .isEqualTo(Verdict.FAILING);
  }

  @Test
  void shouldOnlySuspectForOneWeakSign() {
    assertThat(lost(0).lost(4.5).judged().verdict()).isEqualTo(Verdict.SUSPECT);
    powerOffs.clear();
    rate = Optional.of(new Rate(300, 5, DAY, 700, 0));
    assertThat(lost(0).judged().verdict()).isEqualTo(Verdict.SUSPECT);
    assertThat(judged().signs().get(0).kind()).isEqualTo(Kind.RATE_BEYOND_QUARTZ);
  }

  @Test
  void shouldCallItFailingForAStrongSign() {
    assertThat(lost(0).lost(30).judged().verdict()).isEqualTo(Verdict.FAILING);
    powerOffs.clear();
    assertThat(lost(0).reset().judged().verdict()).isEqualTo(Verdict.FAILING);
    powerOffs.clear();
    chip = ChipStatus.DEAD;
    assertThat(lost(0).judged().verdict()).isEqualTo(Verdict.FAILING);
  }

  @Test
  void shouldCallItFailingIfItLosesTimeAgain() {
    assertThat(lost(0).lost(4.5).lost(5).judged().verdict()).isEqualTo(Verdict.FAILING);
    assertThat(judged().reason()).contains("lost time at 2 of the latest boots");
  }

  @Test
  void shouldForgetWhenTheNewCellHasKeptTheTimeThreeTimes() {
    assertThat(lost(0).reset().lost(0).judged().verdict()).isEqualTo(Verdict.SUSPECT);
    assertThat(lost(0).lost(0).judged().verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void shouldNotBlameTheBatteryForWhatSomebodySet() {
    assertThat(lost(0).lost(-40).judged().verdict()).isEqualTo(Verdict.HEALTHY); // it gained
    assertThat(lost(3_600.5).judged().verdict()).isEqualTo(Verdict.HEALTHY); // an hour, by a zone
    assertThat(lost(9 * 3_600 + 77).judged().verdict()).isEqualTo(Verdict.HEALTHY); // of 8 h
    assertThat(lost(5_000).judged().verdict()).isEqualTo(Verdict.FAILING);
  }

  @Test
  void shouldForetellFromATrendAndNotWithoutOne() {
    for (int i = 0; i < 12; i++) {
      lost(0.1 * i * i);
    }
    BatteryFacts facts = judged();

    assertThat(facts.signs()).anyMatch(sign -> sign.kind() == Kind.POWER_OFF_TREND);
    assertThat(facts.forecast()).isPresent();
    assertThat(facts.forecast().get().earliestEpochNanos()).isGreaterThan(START + 12 * 7L * DAY);
    powerOffs.clear();
    for (int i = 0; i < 12; i++) {
      lost(0.3 * (i % 2));
    }
    assertThat(judged().forecast()).isEmpty();
  }

  @Test
  void shouldTakeTheMilderOfTwoReadings() {
    Difference tenAhead = new Difference(-10 * SECOND, SECOND / 100);
    RtcMemory.Known before =
        new RtcMemory.Known(
            "a", START, tenAhead, Optional.of(new Rate(0, 1, DAY, 700, 0)), List.of());
    Difference right = new Difference(0, SECOND / 2);

    PowerOff set = PowerOffs.between(before, OptionalLong.empty(), START + OFF, right, false);
    PowerOff leftAlone =
        PowerOffs.between(before, OptionalLong.empty(), START + OFF, tenAhead, false);

    assertThat(set.leastDriftNanos()).isZero();
    assertThat(leftAlone.leastDriftNanos()).isZero();
    assertThat(PowerOffs.boundNanos(List.of(set)).orElseThrow()).isLessThan(3 * SECOND);
    assertThat(PowerOffs.boundNanos(List.of())).isEmpty();
  }

  @Test
  void shouldBearAClockThatGoesBackBetweenTwoBoots() {
    RtcMemory.Known before =
        new RtcMemory.Known("a", START, new Difference(0, 0), Optional.empty(), List.of());
    PowerOff off =
        PowerOffs.between(
            before, OptionalLong.of(START + DAY), START - DAY, new Difference(0, 0), false);

    assertThat(off.durationNanos()).isNotNegative();
    assertThat(off.leastDriftNanos()).isZero();
  }
}
