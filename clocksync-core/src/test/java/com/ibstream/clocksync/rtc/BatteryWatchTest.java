package com.ibstream.clocksync.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.BatteryFacts;
import com.ibstream.clocksync.facts.BatteryFacts.PowerOff;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.KernelClocks;
import com.ibstream.clocksync.seam.KernelClocks.KernelReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a boot has shown, by the message that the kernel left of it. */
class BatteryWatchTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = Duration.ofDays(1).toNanos();
  private static final long BOOT = 1_795_000_000L * SECOND;

  private Optional<RtcMemory.Known> known = Optional.empty();
  private KernelClocks kernel = KernelClocks.ABSENT;

  /** The present is this long after the boot; two seconds after it the clock showed its seconds. */
  private List<PowerOff> booted(long monoNanos, long rtcBehindSeconds) {
    String message =
        "{\"_SOURCE_MONOTONIC_TIMESTAMP\":\"2000000\",\"MESSAGE\":\"setting system clock to x ("
            + (BOOT / SECOND + 2 - rtcBehindSeconds)
            + ")\"}\n";
    RtcMemory memory =
        new RtcMemory() {
          @Override
          public Recall recall() {
            return new Recall(Optional.of("now"), known, "");
          }

          @Override
          public Optional<String> remember(Known next) {
            return Optional.empty();
          }
        };
    BatteryWatch watch =
        new BatteryWatch(
            (command, limit) ->
                new CommandResult(
                    CommandResult.Outcome.EXITED, command.contains("--dmesg") ? 0 : 1, message, ""),
            kernel,
            memory);
    watch.booted(
        new TrustedTime(monoNanos, BOOT + monoNanos, 1_000_000),
        new Difference(0, 1_000_000),
        false);
    BatteryFacts facts = watch.facts(RtcFiles.ChipStatus.UNKNOWN, Optional.empty());
    return facts.powerOffs();
  }

  private void wasBehind(long nanos) {
    known =
        Optional.of(
            new RtcMemory.Known(
                "before",
                BOOT - DAY,
                new Difference(nanos, 1_000_000),
                Optional.empty(),
                List.of()));
  }

  private void kernelSays(long slewedNanos, long asleepNanos) {
    kernel =
        () ->
            Optional.of(
                new KernelReading(
                    100 * SECOND, 1_000, 100 * SECOND + slewedNanos, 100 * SECOND + asleepNanos));
  }

  @Test
  void shouldAllowForChronydsLargeSlewsWhereTheKernelCannotBeAsked() {
    wasBehind(0);
    long blind = booted(100 * SECOND, 0).get(0).boundNanos();
    kernelSays(0, 0);
    long seeing = booted(100 * SECOND, 0).get(0).boundNanos();

    assertThat(blind - seeing).isBetween(SECOND, SECOND + SECOND / 10);
  }

  /** The ruler was slewed by 0.8 s after the boot: so much earlier, by UTC, was the message. */
  @Test
  void shouldTakeASlewOfTheRulerAway() {
    wasBehind(0);
    kernelSays(0, 0);
    long straight = booted(100 * SECOND, 0).get(0).driftNanos();
    kernelSays(800_000_000L, 0);
    long slewed = booted(100 * SECOND, 0).get(0).driftNanos();

    assertThat(slewed - straight).isEqualTo(-800_000_000L);
  }

  @Test
  void shouldKnowNothingWhereTheMachineHasSleptOrTheClocksAreOfAnotherBoot() {
    wasBehind(0);
    kernelSays(0, 60 * SECOND);
    assertThat(booted(100 * SECOND, 0)).isEmpty();
    kernelSays(11 * SECOND, 0);
    assertThat(booted(100 * SECOND, 0)).isEmpty();
    kernelSays(-11 * SECOND, 0);
    assertThat(booted(100 * SECOND, 0)).isEmpty();
  }

  @Test
  void shouldNotTakeAClockThatWasFarBehindBeforeForOneThatBeganAnew() {
    long years = 365 * DAY;
    wasBehind(years);
    assertThat(booted(100 * SECOND, years / SECOND).get(0).isReset()).isFalse();
    wasBehind(0);
    assertThat(booted(100 * SECOND, years / SECOND).get(0).isReset()).isTrue();
    known = Optional.empty();
    assertThat(booted(100 * SECOND, years / SECOND).get(0).isReset()).isTrue();
  }
}
