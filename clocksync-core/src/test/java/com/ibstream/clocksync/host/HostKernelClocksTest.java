package com.ibstream.clocksync.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.ibstream.clocksync.seam.KernelClocks;
import com.ibstream.clocksync.seam.KernelClocks.KernelReading;
import com.ibstream.clocksync.seam.KernelClocks.KernelState;
import com.ibstream.clocksync.testing.FakeRuler;
import com.ibstream.clocksync.time.Ruler;
import com.sun.jna.Platform;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real kernel of the machine that runs the tests; only read. */
class HostKernelClocksTest {

  private static final long SECOND = 1_000_000_000L;

  private final Ruler ruler = Ruler.system();
  private KernelClocks kernel = KernelClocks.ABSENT;

  @BeforeEach
  void open() {
    assumeThat(Platform.isLinux() && Platform.is64Bit()).as("64-bit Linux").isTrue();
    kernel = HostKernelClocks.open(ruler);
  }

  @Test
  void shouldReadTheRulerAndTheRawClockTogether() {
    long before = ruler.monoNanos();
    KernelReading first = kernel.read().orElseThrow();
    long after = ruler.monoNanos();
    KernelReading second = narrow();

    assertThat(first.monoNanos()).isBetween(before, after);
    assertThat(first.widthNanos()).isBetween(0L, after - before);
    assertThat(second.widthNanos()).as("narrowest of many").isLessThan(100_000);
    double raw = second.rawNanos() - first.rawNanos();
    double mono = second.monoNanos() - first.monoNanos();
    assertThat(Math.abs(raw - mono))
        .as("a kernel slews by a tenth at the most")
        .isLessThan(0.11 * mono + first.widthNanos() + second.widthNanos());
    assertThat(second.bootNanos() - second.monoNanos())
        .as("time asleep does not go back")
        .isGreaterThanOrEqualTo(-second.widthNanos());
  }

  private KernelReading narrow() {
    Supplier<KernelReading> read = () -> kernel.read().orElseThrow();
    KernelReading best = read.get();
    for (int i = 0; i < 1_000; i++) {
      KernelReading next = read.get();
      best = next.widthNanos() < best.widthNanos() ? next : best;
    }
    return best;
  }

  @Test
  void shouldReadWhatTheKernelSaysOfItsClock() {
    KernelState state = kernel.state().orElseThrow();

    assertThat(Math.abs(state.frequencyPpm())).isLessThanOrEqualTo(100_500);
    assertThat(state.maxErrorNanos()).isBetween(0L, 1_000 * SECOND);
    assertThat(state.estimatedErrorNanos()).isBetween(0L, 1_000 * SECOND);
    state.taiMinusUtcSeconds().ifPresent(tai -> assertThat(tai).isBetween(10, 60));
  }

  @Test
  void shouldOfferNothingForARulerThatIsAnotherClock() {
    assertThat(HostKernelClocks.open(new FakeRuler(7)).read()).isEmpty();
  }
}
