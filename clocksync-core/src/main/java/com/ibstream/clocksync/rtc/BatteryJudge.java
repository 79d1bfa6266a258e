package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.BatteryFacts.Forecast;
import com.ibstream.clocksync.facts.BatteryFacts.PowerOff;
import com.ibstream.clocksync.facts.BatteryFacts.Sign;
import com.ibstream.clocksync.facts.BatteryFacts.Sign.Kind;
import com.ibstream.clocksync.facts.BatteryFacts.Strength;
import com.ibstream.clocksync.facts.BatteryFacts.Verdict;
import com.ibstream.clocksync.facts.RtcFacts.Rate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Judges a battery by what the hardware clock does. One strong sign is enough to call it failing;
 * weak ones make it suspect, and failing only where one of them is that the clock lost time without
 * power. A battery that was replaced is sound again after it has kept the time three times.
 * Stateless.
 */
final class BatteryJudge {

  /** So often a battery has to keep the time until what was before is forgotten. */
  private static final int REDEEMING = 3;

  /** The latest times without power that count. */
  private static final int LATEST = 12;

  /** Shorter, nothing is asked of a battery. */
  private static final long LEAST_OFF_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** A sound quartz keeps this over days; less says nothing. */
  private static final long WEAK_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Beyond all that a cold quartz may lose: the clock stood still. */
  private static final long STRONG_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A time that was kept to no better says nothing for the battery. */
  private static final long TELLING_NANOS = TimeUnit.SECONDS.toNanos(20);

  /**
   * Cheap ones are good for 20 ppm, poor ones for 100; beyond this the crystal or its load is bad.
   */
  private static final double QUARTZ_PPM = 200;

  /** A cell that kept the time so long ago may be empty by now. */
  private static final long SOUND_LIFE_NANOS = TimeUnit.DAYS.toNanos(365);

  private static final String OLD = "it kept the time over a boot, but that is over a year ago";

  private static final long QUARTER_NANOS = TimeUnit.MINUTES.toNanos(15);

  /** From UTC+14 to UTC-12, and an hour of daylight saving. */
  private static final long FARTHEST_ZONES_NANOS = TimeUnit.HOURS.toNanos(27);

  private BatteryJudge() {}

  /**
   * The judgement.
   *
   * @param chip what the chip says
   * @param powerOffs the times without power, oldest first
   * @param rate how fast the clock runs with power; empty if nobody knows
   * @param nowEpochNanos the present, UTC
   */
  static BatteryFacts judge(
      RtcFiles.ChipStatus chip, List<PowerOff> powerOffs, Optional<Rate> rate, long nowEpochNanos) {
    List<PowerOff> latest =
        powerOffs.subList(Math.max(0, powerOffs.size() - LATEST), powerOffs.size());
    List<PowerOff> telling = new ArrayList<>(latest);
    telling.removeIf(off -> !off.isReset() && !isTelling(off));
    int sound = soundAtEnd(telling);
    List<Sign> signs = new ArrayList<>();
    chip(chip).ifPresent(signs::add);
    reset(telling, sound).ifPresent(signs::add);
    drift(telling, sound).ifPresent(signs::add);
    Optional<OffTrend> trend = sound >= REDEEMING ? Optional.empty() : OffTrend.of(latest);
    trend
        .filter(OffTrend::isGrowing)
        .ifPresent(
            growing -> signs.add(new Sign(Kind.POWER_OFF_TREND, Strength.WEAK, growing.text())));
    rate.filter(known -> Math.abs(known.driftRatePpm()) - known.errorPpm() > QUARTZ_PPM)
        .ifPresent(
            known ->
                signs.add(
                    new Sign(
                        Kind.RATE_BEYOND_QUARTZ,
                        Strength.WEAK,
                        String.format(
                            Locale.ROOT,
                            "the clock runs %.0f ppm wrong with power",
                            Math.abs(known.driftRatePpm())))));
    signs.sort(Comparator.comparing(Sign::strength).reversed());
    Optional<Forecast> forecast = trend.flatMap(growing -> growing.forecast(nowEpochNanos));
    boolean isOld =
        sound > 0
            && nowEpochNanos - telling.get(telling.size() - 1).endEpochNanos() > SOUND_LIFE_NANOS;
    Verdict verdict = verdict(signs, sound);
    return isOld && verdict == Verdict.HEALTHY
        ? new BatteryFacts(Verdict.UNKNOWN, OLD, signs, powerOffs, forecast)
        : new BatteryFacts(verdict, reason(signs, sound), signs, powerOffs, forecast);
  }

  private static Verdict verdict(List<Sign> signs, int sound) {
    long weak = signs.stream().filter(sign -> sign.strength() == Strength.WEAK).count();
    boolean isLosing = signs.stream().anyMatch(BatteryJudge::isWeakDrift);
    if (signs.stream().anyMatch(sign -> sign.strength() == Strength.STRONG)
        || (isLosing && weak > 1)) {
      return Verdict.FAILING;
    }
    if (weak > 0) {
      return Verdict.SUSPECT;
    }
    return sound > 0 ? Verdict.HEALTHY : Verdict.UNKNOWN;
  }

  private static boolean isWeakDrift(Sign sign) {
    return sign.kind() == Kind.POWER_OFF_DRIFT && sign.strength() == Strength.WEAK;
  }

  private static String reason(List<Sign> signs, int sound) {
    List<String> against =
        signs.stream().filter(sign -> sign.strength() != Strength.GOOD).map(Sign::text).toList();
    if (!against.isEmpty()) {
      return String.join("; ", against);
    }
    return sound > 0
        ? "it kept the time over the latest " + (sound == 1 ? "boot" : sound + " boots")
        : "no time without power was seen yet that tells";
  }

  private static Optional<Sign> chip(RtcFiles.ChipStatus chip) {
    return switch (chip) {
      case OKAY -> Optional.of(new Sign(Kind.CHIP_STATUS, Strength.GOOD, "the chip says okay"));
      case DEAD ->
          Optional.of(
              new Sign(Kind.CHIP_STATUS, Strength.STRONG, "the chip says that it lost its power"));
      case UNKNOWN -> Optional.empty();
    };
  }

  /**
   * Known well enough to tell, long enough to be asked for, and nothing that somebody set. For the
   * battery speaks only a time whose beginning is known: else the machine may have been on.
   */
  private static boolean isTelling(PowerOff off) {
    return off.durationNanos() >= LEAST_OFF_NANOS
        && ((off.boundNanos() <= TELLING_NANOS && off.isStartKnown()) || !isSound(off))
        && !isSet(off);
  }

  /**
   * A battery that fails makes a clock lose time, and not more than passes; and hardly ever just
   * what zones differ by.
   */
  private static boolean isSet(PowerOff off) {
    long driftNanos = off.driftNanos();
    long restNanos =
        Math.floorMod(driftNanos + QUARTER_NANOS / 2, QUARTER_NANOS) - QUARTER_NANOS / 2;
    boolean isOfZones =
        driftNanos > QUARTER_NANOS / 2
            && driftNanos <= FARTHEST_ZONES_NANOS
            && off.boundNanos() <= TELLING_NANOS
            && Math.abs(restNanos) <= off.boundNanos() + WEAK_NANOS;
    return driftNanos < -off.boundNanos() - WEAK_NANOS
        || driftNanos - off.boundNanos() > off.durationNanos()
        || isOfZones;
  }

  private static boolean isSound(PowerOff off) {
    return !off.isReset() && off.leastDriftNanos() <= WEAK_NANOS;
  }

  private static int soundAtEnd(List<PowerOff> telling) {
    int count = 0;
    while (count < telling.size() && isSound(telling.get(telling.size() - 1 - count))) {
      count++;
    }
    return count;
  }

  /** One reset may be a battery that somebody replaced. */
  private static Optional<Sign> reset(List<PowerOff> telling, int sound) {
    long resets = telling.stream().filter(PowerOff::isReset).count();
    if (resets == 0 || sound >= REDEEMING) {
      return Optional.empty();
    }
    boolean isLatest = telling.get(telling.size() - 1).isReset();
    return Optional.of(
        new Sign(
            Kind.RESET_AT_BOOT,
            isLatest || resets > 1 ? Strength.STRONG : Strength.WEAK,
            isLatest
                ? "the clock began anew at the latest boot: it was without power"
                : "the clock began anew at "
                    + (resets == 1 ? "a boot" : resets + " boots")
                    + " not long ago"));
  }

  private static Optional<Sign> drift(List<PowerOff> telling, int sound) {
    List<PowerOff> recent =
        telling.subList(Math.max(0, telling.size() - REDEEMING), telling.size()).stream()
            .filter(off -> !off.isReset())
            .toList();
    List<PowerOff> losing = recent.stream().filter(off -> !isSound(off)).toList();
    if (losing.isEmpty()) {
      return sound == 0
          ? Optional.empty()
          : Optional.of(
              new Sign(
                  Kind.POWER_OFF_DRIFT,
                  Strength.GOOD,
                  "the clock kept the time over " + sound + " boots"));
    }
    PowerOff worst =
        losing.stream().max(Comparator.comparingLong(PowerOff::leastDriftNanos)).orElseThrow();
    boolean isStrong = losing.size() > 1 || worst.leastDriftNanos() > STRONG_NANOS;
    return Optional.of(
        new Sign(
            Kind.POWER_OFF_DRIFT,
            isStrong ? Strength.STRONG : Strength.WEAK,
            String.format(
                Locale.ROOT,
                "the clock lost at least %.1f s of %d h without power%s",
                worst.leastDriftNanos() / 1e9,
                TimeUnit.NANOSECONDS.toHours(worst.durationNanos()),
                losing.size() > 1
                    ? ", and lost time at " + losing.size() + " of the latest boots"
                    : "")));
  }
}
