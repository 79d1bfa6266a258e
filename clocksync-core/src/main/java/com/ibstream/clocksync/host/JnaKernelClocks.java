package com.ibstream.clocksync.host;

import com.ibstream.clocksync.seam.KernelClocks;
import com.ibstream.clocksync.time.Ruler;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The kernel's clocks on 64-bit Linux, through {@code clock_gettime} and {@code adjtimex} of the C
 * library, the latter with nothing to set. About a microsecond for the clocks, a system call for
 * the state. Safe for threads.
 *
 * <p>Layouts are those of {@code struct timespec} and {@code struct timex} in linux/timex.h for
 * machines with 64-bit longs.
 */
final class JnaKernelClocks implements KernelClocks {

  private static final int CLOCK_MONOTONIC = 1;
  private static final int CLOCK_MONOTONIC_RAW = 4;
  private static final int CLOCK_BOOTTIME = 7;

  private static final int TIMESPEC_BYTES = 16;
  private static final int SECONDS_OFFSET = 0;
  private static final int NANOS_OFFSET = 8;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_MICRO = 1_000L;

  private static final int TIMEX_BYTES = 208;
  private static final int FREQUENCY_OFFSET = 16;
  private static final int MAX_ERROR_OFFSET = 24;
  private static final int ESTIMATED_ERROR_OFFSET = 32;
  private static final int STATUS_OFFSET = 40;
  private static final int TICK_OFFSET = 88;
  private static final int TAI_OFFSET = 160;

  private static final int STA_INS = 0x10;
  private static final int STA_DEL = 0x20;
  private static final int STA_UNSYNC = 0x40;
  private static final int TIME_OOP = 3;
  private static final int TIME_WAIT = 4;

  /** 16 bits of a frequency are its fraction of 1 ppm. */
  private static final double FREQUENCY_UNIT = 65_536;

  /** Microseconds of a tick at the usual 100 a second; one more makes the clock 100 ppm faster. */
  private static final long USUAL_TICK = 10_000;

  private static final double PPM_PER_TICK_MICRO = 100;

  /** The C library of this very process, whatever its name. */
  @SuppressWarnings("checkstyle:MethodName") // named by the C library
  private static final class Libc {

    static {
      Native.register(Libc.class, NativeLibrary.getProcess());
    }

    private Libc() {}

    static native int clock_gettime(int clock, Pointer timespec);

    static native int adjtimex(Pointer timex);

    static native String strerror(int error);
  }

  private final Memory timespec = new Memory(TIMESPEC_BYTES);
  private final Memory timex = new Memory(TIMEX_BYTES);

  private JnaKernelClocks() {}

  /**
   * Opens them.
   *
   * @param ruler must be the kernel's CLOCK_MONOTONIC
   * @return the clocks, or empty where this machine has none such
   * @throws LinkageError where the native library is missing or must not be loaded
   */
  static Optional<KernelClocks> open(Ruler ruler) {
    if (!Platform.isLinux()
        || Native.LONG_SIZE != Long.BYTES
        || Native.POINTER_SIZE != Long.BYTES) {
      return Optional.empty();
    }
    JnaKernelClocks clocks = new JnaKernelClocks();
    return clocks.isRuler(ruler) ? Optional.of(clocks) : Optional.empty();
  }

  /** A ruler that is another clock must not be mapped by these readings. */
  private boolean isRuler(Ruler ruler) {
    long before = ruler.monoNanos();
    Optional<KernelReading> reading = read();
    long after = ruler.monoNanos();
    return reading
        .filter(r -> r.monoNanos() - before >= 0 && after - r.monoNanos() >= 0)
        .isPresent();
  }

  /**
   * What the C library says of an error.
   *
   * @param error its number
   * @return in the language of this process
   * @throws LinkageError where the native library is missing or must not be loaded
   */
  static String text(int error) {
    return Libc.strerror(error);
  }

  @Override
  public synchronized Optional<KernelReading> read() {
    try {
      long before = nanos(CLOCK_MONOTONIC);
      long raw = nanos(CLOCK_MONOTONIC_RAW);
      long boot = nanos(CLOCK_BOOTTIME);
      long width = nanos(CLOCK_MONOTONIC) - before;
      return Optional.of(new KernelReading(before + width / 2, width, raw, boot));
    } catch (UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private long nanos(int clock) {
    if (Libc.clock_gettime(clock, timespec) != 0) {
      throw new UnsupportedOperationException("the kernel has no clock " + clock);
    }
    return timespec.getLong(SECONDS_OFFSET) * NANOS_PER_SECOND + timespec.getLong(NANOS_OFFSET);
  }

  @Override
  public synchronized Optional<KernelState> state() {
    timex.clear(); // modes = 0: sets nothing
    int clockState = Libc.adjtimex(timex);
    return clockState < 0 ? Optional.empty() : Optional.of(state(clockState, timex));
  }

  /** What a filled {@code struct timex} says. */
  static KernelState state(int clockState, Pointer timex) {
    int status = timex.getInt(STATUS_OFFSET);
    int tai = timex.getInt(TAI_OFFSET);
    return new KernelState(
        (status & STA_UNSYNC) == 0,
        timex.getLong(FREQUENCY_OFFSET) / FREQUENCY_UNIT
            + (timex.getLong(TICK_OFFSET) - USUAL_TICK) * PPM_PER_TICK_MICRO,
        timex.getLong(MAX_ERROR_OFFSET) * NANOS_PER_MICRO,
        timex.getLong(ESTIMATED_ERROR_OFFSET) * NANOS_PER_MICRO,
        tai == 0 ? OptionalInt.empty() : OptionalInt.of(tai),
        leap(clockState, status));
  }

  private static Leap leap(int clockState, int status) {
    if (clockState == TIME_OOP) {
      return Leap.IN_PROGRESS;
    }
    if (clockState == TIME_WAIT) {
      return Leap.DONE;
    }
    if ((status & STA_INS) != 0) {
      return Leap.INSERT;
    }
    return (status & STA_DEL) != 0 ? Leap.DELETE : Leap.NONE;
  }
}
