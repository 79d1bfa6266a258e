package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.BatteryFacts.PowerOff;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Rate;
import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.seam.KernelClocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the hardware clock from boot to boot: what it showed before a boot and what it shows
 * after it tell what it did while only the battery fed it. For the host's thread; blocks for a
 * file, and once for the journal.
 */
final class BatteryWatch {

  private static final Logger LOG = LoggerFactory.getLogger(BatteryWatch.class);

  private static final long REMEMBER_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** More are not needed, and the file stays small. */
  private static final int MOST_POWER_OFFS = 200;

  /** The kernel takes a whole second for its middle. */
  private static final long HALF_SECOND_NANOS = 500_000_000L;

  /** What a system clock is slewed by at most, but for chronyd's large corrections. */
  private static final double SLEW_PPM = 500;

  /** The large corrections: what is more is stepped, as chronyd is usually configured. */
  private static final long MOST_SLEWED_NANOS = 1_000_000_000L;

  /** The rate of a quartz moves by so much from boot to boot. */
  private static final double AGEING_PPM = 3;

  /** Beyond this nothing is known. */
  private static final double MOST_PPM = 250;

  /** So far behind is a clock that began anew, whatever it was before. */
  private static final long RESET_NANOS = Duration.ofDays(90).toNanos();

  /** Of the raw clock, which nobody steers. */
  private static final double RAW_PPM = 250;

  /** Further apart since the boot they are not of the same boot, or not of the same namespace. */
  private static final double MOST_SLEWED = 0.1;

  /** Less may be the time that it takes to read them. */
  private static final long LEAST_ASLEEP_NANOS = 10_000_000L;

  private final CommandRunner commands;
  private final KernelClocks kernelClocks;
  private final RtcMemory memory;
  private Optional<RtcMemory.Recall> recall = Optional.empty();
  private List<PowerOff> powerOffs = List.of();
  private OptionalLong rememberedMonoNanos = OptionalLong.empty();
  private Optional<String> trouble = Optional.empty();
  private Optional<Rate> carried = Optional.empty();
  private long nowEpochNanos;

  BatteryWatch(CommandRunner commands, KernelClocks kernelClocks, RtcMemory memory) {
    this.commands = commands;
    this.kernelClocks = kernelClocks;
    this.memory = memory;
  }

  /**
   * Settles, once, what the latest boot has shown.
   *
   * @param time trusted time at the present
   * @param offset UTC minus RTC at the present
   * @param isUntouched whether the hardware clock is known not to have been set since the boot
   */
  void booted(TrustedTime time, Difference offset, boolean isUntouched) {
    nowEpochNanos = time.epochNanos();
    if (recall.isPresent()) {
      return;
    }
    RtcMemory.Recall recalled = memory.recall();
    recall = Optional.of(recalled);
    recalled.known().ifPresent(known -> powerOffs = known.powerOffs());
    carried = recalled.known().flatMap(RtcMemory.Known::rate).map(BatteryWatch::older);
    tell(recalled.trouble().isEmpty() ? Optional.empty() : Optional.of(recalled.trouble()));
    boolean isSameBoot =
        recalled
            .known()
            .filter(known -> recalled.boot().equals(Optional.of(known.boot())))
            .isPresent();
    if (recalled.boot().isEmpty() || isSameBoot) {
      return;
    }
    firstReading(time, offset, isUntouched)
        .flatMap(first -> powerOff(recalled.known(), first))
        .ifPresent(this::append);
  }

  /** What was known in another boot is a little less known now. */
  private static Rate older(Rate rate) {
    return new Rate(
        rate.driftRatePpm(),
        Math.min(MOST_PPM, rate.errorPpm() + AGEING_PPM),
        rate.spanNanos(),
        rate.observationCount(),
        rate.writeCount());
  }

  /**
   * How young a boot has to be for an unsynchronised kernel to say that nobody has set the hardware
   * clock: later it may have been set, and the kernel have lost its synchronisation since.
   */
  private static final long YOUNG_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** What the clock showed at first in this boot. */
  private record First(long utcEpochNanos, Difference offset) {}

  private Optional<First> firstReading(TrustedTime time, Difference offset, boolean isUntouched) {
    Optional<First> written =
        BootMessage.ask(commands)
            .filter(message -> message.monoNanos() <= time.monoNanos())
            .flatMap(message -> first(time, message));
    return written.or(
        () ->
            isUntouched && time.monoNanos() <= YOUNG_NANOS
                ? Optional.of(new First(time.epochNanos(), offset))
                : Optional.empty());
  }

  /**
   * The message is dated by a clock that stands still while the machine sleeps, and that is slewed
   * together with the system clock, by chronyd up to a twelfth. The kernel's raw clock is not; both
   * began with the boot.
   */
  private Optional<First> first(TrustedTime time, BootMessage message) {
    long agoNanos = time.monoNanos() - message.monoNanos();
    Optional<KernelClocks.KernelReading> kernel = kernelClocks.read();
    if (kernel.isEmpty()) {
      return Optional.of(
          first(time, message, agoNanos, bound(agoNanos, SLEW_PPM) + MOST_SLEWED_NANOS));
    }
    KernelClocks.KernelReading now = kernel.get();
    long slewedNanos = now.rawNanos() - now.monoNanos();
    boolean hasSlept = now.bootNanos() - now.monoNanos() > LEAST_ASLEEP_NANOS + now.widthNanos();
    return hasSlept || Math.abs(slewedNanos) > MOST_SLEWED * now.monoNanos()
        ? Optional.empty()
        : Optional.of(first(time, message, agoNanos + slewedNanos, bound(agoNanos, RAW_PPM)));
  }

  private static long bound(long nanos, double ppm) {
    return (long) Math.ceil(nanos * ppm / 1e6);
  }

  private static First first(
      TrustedTime time, BootMessage message, long agoNanos, long agoBoundNanos) {
    long utcNanos = time.epochNanos() - agoNanos;
    long rtcNanos = TimeUnit.SECONDS.toNanos(message.epochSeconds()) + HALF_SECOND_NANOS;
    return new First(
        utcNanos,
        new Difference(
            utcNanos - rtcNanos, time.errorBoundNanos() + HALF_SECOND_NANOS + agoBoundNanos));
  }

  private Optional<PowerOff> powerOff(Optional<RtcMemory.Known> before, First first) {
    long wasBehindNanos =
        before.map(known -> Math.max(0, known.offset().nanos())).orElse(0L); // or left as it was
    boolean isReset =
        first.offset().leastNanos() > RESET_NANOS
            && first.offset().nanos() - wasBehindNanos > RESET_NANOS;
    if (before.isPresent()) {
      return Optional.of(
          PowerOffs.between(
              before.get(),
              LastTrace.ask(commands, before.get().utcEpochNanos(), first.utcEpochNanos()),
              first.utcEpochNanos(),
              first.offset(),
              isReset));
    }
    return isReset
        ? Optional.of(new PowerOff(first.utcEpochNanos(), first.utcEpochNanos(), 0, 0, true, false))
        : Optional.empty();
  }

  private void append(PowerOff powerOff) {
    List<PowerOff> all = new ArrayList<>(powerOffs);
    all.add(powerOff);
    powerOffs = List.copyOf(all.subList(Math.max(0, all.size() - MOST_POWER_OFFS), all.size()));
  }

  /**
   * Takes what is to be known after the next boot, and writes it down from time to time.
   *
   * @param time trusted time
   * @param offset UTC minus RTC then
   */
  void seen(TrustedTime time, Difference offset, Optional<Rate> rate) {
    Optional<String> boot = recall.flatMap(RtcMemory.Recall::boot);
    if (boot.isEmpty() || recall.filter(recalled -> recalled.trouble().isEmpty()).isEmpty()) {
      return; // what cannot be read is not overwritten
    }
    RtcMemory.Known known =
        new RtcMemory.Known(
            boot.get(), time.epochNanos(), offset, rate.or(() -> carried), powerOffs);
    boolean isDue =
        rememberedMonoNanos.isEmpty()
            || time.monoNanos() - rememberedMonoNanos.getAsLong() >= REMEMBER_NANOS;
    if (isDue) {
      rememberedMonoNanos = OptionalLong.of(time.monoNanos());
      tell(memory.remember(known));
    }
  }

  private void tell(Optional<String> problem) {
    if (problem.isPresent() && !problem.equals(trouble)) {
      LOG.info("the battery of the hardware clock cannot be judged over boots: {}", problem.get());
    }
    trouble = problem;
  }

  /** How wrong the clock may become while power is off; empty if nobody knows. */
  OptionalLong boundNanos() {
    return PowerOffs.boundNanos(powerOffs);
  }

  /** The battery as it is judged now. */
  BatteryFacts facts(RtcFiles.ChipStatus chip, Optional<Rate> rate) {
    BatteryFacts judged = BatteryJudge.judge(chip, powerOffs, rate, nowEpochNanos);
    return judged.verdict() == BatteryFacts.Verdict.UNKNOWN && trouble.isPresent()
        ? BatteryFacts.unknown(judged.reason() + "; " + trouble.get())
        : judged;
  }
}
