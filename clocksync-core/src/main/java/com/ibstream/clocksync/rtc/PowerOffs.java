package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.BatteryFacts.PowerOff;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Rate;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a hardware clock did between two boots, when perhaps only its battery fed it. Stateless. */
final class PowerOffs {

  /** A clock whose rate nobody knows may run like this. */
  private static final double UNKNOWN_PPM = 250;

  /**
   * A cold quartz runs slower: 0.035 ppm per square kelvin, some 30 K below the case when it runs.
   */
  private static final double COLD_PPM = 32;

  /** How exactly a clock is set that is set in order. */
  private static final long SETTING_NANOS = 100_000_000L;

  private static final Comparator<PowerOff> LEAST_WRONG =
      Comparator.comparingLong(PowerOff::leastDriftNanos)
          .thenComparingLong(off -> Math.abs(off.driftNanos()));

  /** The latest ones tell of the present. */
  private static final int LATEST = 5;

  private PowerOffs() {}

  /**
   * Compares what was seen last before a boot with what was seen first after it. In between, until
   * the machine went off, the clock may have been set to the right time at any moment, or not at
   * all: of the two, the one that makes the clock less wrong is taken.
   *
   * @param before what was seen last
   * @param offEpochNanos when the machine went off, by UTC; empty if nobody knows
   * @param utcEpochNanos when it was seen first
   * @param offset UTC minus RTC then
   * @param isReset whether the clock began anew
   */
  static PowerOff between(
      RtcMemory.Known before,
      OptionalLong offEpochNanos,
      long utcEpochNanos,
      Difference offset,
      boolean isReset) {
    long seenNanos = Math.min(before.utcEpochNanos(), utcEpochNanos);
    long offNanos = Math.min(Math.max(seenNanos, offEpochNanos.orElse(seenNanos)), utcEpochNanos);
    boolean isStartKnown = offEpochNanos.isPresent();
    if (isReset) {
      return new PowerOff(offNanos, utcEpochNanos, 0, 0, true, isStartKnown);
    }
    double ratePpm = before.rate().map(Rate::driftRatePpm).orElse(0.0);
    double errorPpm = before.rate().map(Rate::errorPpm).orElse(UNKNOWN_PPM) + COLD_PPM;
    double elapsedNanos = (double) utcEpochNanos - seenNanos;
    long setAtOnceNanos = lost(elapsedNanos, ratePpm);
    long leftAloneNanos = before.offset().nanos() + setAtOnceNanos;
    long setAtLastNanos =
        offEpochNanos.isPresent() ? lost((double) utcEpochNanos - offNanos, ratePpm) : 0;
    long setNanos = setAtOnceNanos + (setAtLastNanos - setAtOnceNanos) / 2;
    long boundNanos =
        offset.boundNanos() + SETTING_NANOS + (long) Math.ceil(elapsedNanos * errorPpm / 1e6);
    PowerOff leftAlone =
        new PowerOff(
            offNanos,
            utcEpochNanos,
            offset.nanos() - leftAloneNanos,
            boundNanos + before.offset().boundNanos(),
            false,
            isStartKnown);
    PowerOff set =
        new PowerOff(
            offNanos,
            utcEpochNanos,
            offset.nanos() - setNanos,
            boundNanos + Math.abs(setAtLastNanos - setNanos) + 1,
            false,
            isStartKnown);
    return Stream.of(leftAlone, set).min(LEAST_WRONG).orElseThrow();
  }

  private static long lost(double passedNanos, double ratePpm) {
    return Math.round(passedNanos * ratePpm / 1e6);
  }

  /**
   * How wrong the clock may become while power is off, by the latest times that it was.
   *
   * @return nanoseconds; empty if nobody has seen one, or it began anew
   */
  static OptionalLong boundNanos(List<PowerOff> all) {
    List<PowerOff> latest = all.subList(Math.max(0, all.size() - LATEST), all.size());
    if (latest.isEmpty() || latest.get(latest.size() - 1).isReset()) {
      return OptionalLong.empty();
    }
    return latest.stream().filter(off -> !off.isReset()).mapToLong(PowerOff::mostDriftNanos).max();
  }
}
