package com.ibstream.clocksync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.ibstream.clocksync.seam.KernelClocks;
import com.ibstream.clocksync.seam.KernelClocks.KernelReading;
import com.ibstream.clocksync.testing.FakeKernelClocks;
import com.ibstream.clocksync.testing.FakeRuler;
import org.junit.jupiter.api.Test;

class RawClockTest {

  private static final long MILLI = 1_000_000L;
  private static final long START = Long.MAX_VALUE - 50 * MILLI; // overflow is in play

  private final FakeRuler ruler = new FakeRuler(START);
  private final FakeKernelClocks kernel = new FakeKernelClocks();
  private long rawNanos = -7_000 * MILLI;
  private long asleepNanos;

  /** Lets time pass while the ruler is slewed, and shows both clocks. */
  private void pass(long rulerNanos, double slewPpm) {
    ruler.advance(rulerNanos);
    rawNanos += Math.round(rulerNanos / (1 + slewPpm * 1e-6));
    show(200);
  }

  private void show(long widthNanos) {
    long mono = ruler.monoNanos();
    kernel.set(new KernelReading(mono, widthNanos, rawNanos, mono + asleepNanos));
  }

  private RawClock settled() {
    show(200);
    RawClock clock = new RawClock(ruler, kernel);
    for (int i = 0; i < 5; i++) {
      pass(200 * MILLI, -20);
      clock.look();
    }
    return clock;
  }

  @Test
  void shouldTakeTheRulerForItWhenTheKernelDoesNotAnswerAtFirst() {
    RawClock clock = new RawClock(ruler, KernelClocks.ABSENT);

    assertThat(clock.isWatched()).isFalse();
    assertThat(clock.look().rawNanos()).isEqualTo(START);
    assertThat(clock.look().isSettled()).isTrue();
    assertThat(clock.at(START - 5).rawNanos()).isEqualTo(START - 5);
  }

  @Test
  void shouldMeasureASteadySlewOverAsLongAsItLasts() {
    RawMapping mapping = settled().look();

    assertThat(mapping.isSettled()).isTrue();
    assertThat(mapping.slewPpm()).isCloseTo(-20, within(0.5)); // 200 ns in a second
    assertThat(mapping.slewErrorPpm()).isLessThan(1);
  }

  @Test
  void shouldBeUnsettledForOneLookWhenTheSlewChanges() {
    RawClock clock = settled();
    pass(150 * MILLI, -20);
    pass(50 * MILLI, 83_333);

    RawMapping first = clock.look();
    pass(10 * MILLI, 83_333);
    clock.look();
    pass(10 * MILLI, 83_333);
    clock.look();
    pass(10 * MILLI, 83_333);
    RawMapping later = clock.look();

    assertThat(first.isSettled()).isFalse();
    assertThat(later.isSettled()).isTrue();
    assertThat(later.slewPpm()).isCloseTo(83_333, within(2 * later.slewErrorPpm() + 1));
  }

  @Test
  void shouldNotTakeAStretchThatIsTooShortForASlew() {
    RawClock clock = settled();
    ruler.advance(1 * MILLI);
    rawNanos += 900_000; // 11 % in a millisecond: no kernel does that
    show(200);

    RawMapping mapping = clock.look();

    assertThat(mapping.isSettled()).isFalse();
    assertThat(mapping.slewPpm()).isCloseTo(-20, within(0.5));
  }

  @Test
  void shouldCarryOnAsVaguelyAsTheFastestSlewMakesItWhenTheKernelFallsSilent() {
    boolean[] isSilent = {false};
    show(200);
    RawClock clock =
        new RawClock(
            ruler,
            () -> {
              if (isSilent[0]) {
                throw new IllegalStateException("no kernel today");
              }
              return kernel.read();
            });
    pass(200 * MILLI, 0);
    long answered = clock.look().monoNanos();
    isSilent[0] = true;
    ruler.advance(100 * MILLI);

    RawMapping mapping = clock.look();

    assertThat(mapping.isAnswered()).isFalse();
    assertThat(mapping.isSettled()).isFalse();
    assertThat(mapping.checkedMonoNanos()).isEqualTo(answered);
    assertThat(mapping.halfWidthNanos()).isGreaterThanOrEqualTo(10_050_000L); // 10.05 %
    assertThat(clock.at(ruler.monoNanos()).halfWidthNanos()).isGreaterThan(10 * MILLI);
  }

  @Test
  void shouldReadOnceMoreWhatWasInterrupted() {
    int[] interruptions = {0};
    show(200);
    RawClock clock =
        new RawClock(
            ruler,
            () -> {
              show(interruptions[0]-- > 0 ? 8_000 : 200);
              return kernel.read();
            });
    clock.look();
    interruptions[0] = 20;

    assertThat(clock.look().halfWidthNanos()).isEqualTo(100);
  }

  @Test
  void shouldGetUsedToAClockThatIsSlowToRead() {
    int[] count = {0};
    long[] widthNanos = {200};
    RawClock clock =
        new RawClock(
            ruler,
            () -> {
              count[0]++;
              show(widthNanos[0]);
              return kernel.read();
            });
    widthNanos[0] = 8_000;
    for (int i = 0; i < 10; i++) {
      pass(200 * MILLI, 0);
      assertThat(clock.look().halfWidthNanos()).isEqualTo(4_000);
    }
    count[0] = 0;

    clock.look();

    assertThat(count[0]).isEqualTo(3);
  }

  @Test
  void shouldTellHowLongTheMachineSlept() {
    RawClock clock = settled();
    asleepNanos += 30_000 * MILLI;
    pass(1 * MILLI, 0);

    assertThat(clock.look().asleepNanos()).isEqualTo(30_000 * MILLI);
  }
}
