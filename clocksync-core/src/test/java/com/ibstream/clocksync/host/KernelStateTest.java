package com.ibstream.clocksync.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.ibstream.clocksync.seam.KernelClocks.KernelState;
import com.ibstream.clocksync.seam.KernelClocks.Leap;
import com.sun.jna.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields of {@code struct timex}, each with a number of its own. */
class KernelStateTest {

  private static final int BYTES = 208;
  private static final int LONG = 8;
  private static final int STA_PLL = 0x0001;
  private static final int STA_UNSYNC = 0x0040;
  private static final int STA_NANO = 0x2000;

  private static Memory timex(int status, int tai) {
    Memory timex = new Memory(BYTES);
    timex.clear();
    timex.setInt(0, 0); // modes
    long[] longs = {11, -12 * 65_536 - 32_768, 13, 14}; // offset, freq, maxerror, esterror
    for (int i = 0; i < longs.length; i++) {
      timex.setLong((long) LONG * (i + 1), longs[i]);
    }
    timex.setInt(40, status);
    long[] more = {15, 16, 17, 18, 19, 9_999, 21, 22}; // constant to jitter; the tick is the sixth
    for (int i = 0; i < more.length; i++) {
      timex.setLong(48 + (long) LONG * i, more[i]);
    }
    timex.setInt(160, tai);
    return timex;
  }

  @Test
  void shouldReadEachFieldWhereTheKernelPutsIt() {
    KernelState state = JnaKernelClocks.state(0, timex(STA_PLL | STA_NANO, 37));

    assertThat(state.isSynchronised()).isTrue();
    assertThat(state.frequencyPpm())
        .as("-12.5 ppm, and a tick that is a microsecond short")
        .isCloseTo(-112.5, within(1e-9));
    assertThat(state.maxErrorNanos()).isEqualTo(13_000);
    assertThat(state.estimatedErrorNanos()).isEqualTo(14_000);
    assertThat(state.taiMinusUtcSeconds()).hasValue(37);
    assertThat(state.leap()).isEqualTo(Leap.NONE);
  }

  @Test
  void shouldSayWhatTheKernelWasNotTold() {
    KernelState state = JnaKernelClocks.state(5, timex(STA_UNSYNC, 0));

    assertThat(state.isSynchronised()).isFalse();
    assertThat(state.taiMinusUtcSeconds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, NONE",
    "1, 16, INSERT", // announced
    "2, 32, DELETE",
    "5, 16, INSERT", // announced by somebody who does not steer
    "3, 16, IN_PROGRESS",
    "4, 16, DONE"
  })
  void shouldTellWhichLeapSecondIsNear(int clockState, int status, Leap leap) {
    assertThat(JnaKernelClocks.state(clockState, timex(status, 37)).leap()).isEqualTo(leap);
  }
}
