package com.ibstream.clocksync.testing;

import com.ibstream.clocksync.seam.KernelClocks;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The counters of the simulated machine: CLOCK_MONOTONIC_RAW runs with the quartz, CLOCK_MONOTONIC
 * with raw and what is slewed, CLOCK_BOOTTIME with that and the sleep.
 */
final class SimulatedClocks implements KernelClocks {

  private static final double PPM = 1e-6;

  /** What the simulated time service says of its own work. */
  private static final long CLAIMED_ERROR_NANOS = 10_000_000L;

  /** Within this, wander and swing make nanoseconds at most. */
  private static final long NEAR_NANOS = 1_000_000_000L;

  /** Leaves out 1/1024 of a longer way: far more than wander or swing makes of it. */
  private static final int STAGE_SHIFT = 10;

  private final SimulatedTime time;
  private final SimulatedOscillator oscillator;
  private final long rawMinusCounted;
  private final long monoMinusRaw;
  private long stoppedNanos;
  private long stoppedAtNanos;
  private boolean isStopped;
  private boolean isAsleep;
  private long asleepAtTrueNanos;
  private long sleptNanos;
  private double slew;
  private long slewSeenRawNanos;
  private long slewedNanos;
  private double slewRemainder;
  private int revision;
  private long readNanos;
  private boolean isVisible;
  private boolean isSynchronised = true;

  SimulatedClocks(
      SimulatedTime time, SimulatedOscillator oscillator, long startMonoNanos, long startRaw) {
    this.time = time;
    this.oscillator = oscillator;
    this.rawMinusCounted = startRaw - oscillator.nanos();
    this.monoMinusRaw = startMonoNanos - startRaw;
    this.slewSeenRawNanos = startRaw;
  }

  long rawNanos() {
    long counted = isStopped ? stoppedAtNanos : oscillator.nanos();
    return rawMinusCounted + counted - stoppedNanos;
  }

  long monoNanos() {
    long rawNanos = rawNanos();
    if (slew != 0) {
      follow(rawNanos);
    }
    return rawNanos + monoMinusRaw + slewedNanos;
  }

  long bootNanos() {
    long asleepNanos = isAsleep ? time.nowNanos() - asleepAtTrueNanos : 0;
    return monoNanos() + sleptNanos + asleepNanos;
  }

  /** Reads the ruler, at the cost that reading has. */
  long readMonoNanos() {
    time.spend(readNanos);
    return monoNanos();
  }

  @Override
  public Optional<KernelReading> read() {
    if (!isVisible) {
      return Optional.empty();
    }
    long monoNanos = readMonoNanos();
    KernelReading reading = new KernelReading(monoNanos, 2 * readNanos, rawNanos(), bootNanos());
    time.spend(readNanos);
    return Optional.of(reading);
  }

  @Override
  public Optional<KernelState> state() {
    return isVisible
        ? Optional.of(
            new KernelState(
                isSynchronised,
                slew / PPM,
                CLAIMED_ERROR_NANOS,
                CLAIMED_ERROR_NANOS,
                OptionalInt.empty(),
                Leap.NONE))
        : Optional.empty();
  }

  void readNanos(long nanos) {
    readNanos = nanos;
  }

  void visible(boolean newVisible) {
    isVisible = newVisible;
  }

  void synchronised(boolean newSynchronised) {
    isSynchronised = newSynchronised;
  }

  void slewPpm(double ppm) {
    if (!(Math.abs(ppm) <= SimulatedOscillator.MAX_PPM)) {
      throw new IllegalArgumentException(
          "|ppm| must be at most " + SimulatedOscillator.MAX_PPM + ": " + ppm);
    }
    follow(rawNanos());
    slew = ppm * PPM;
    revision++;
  }

  private void follow(long rawNanos) {
    double gained = slewRemainder + (rawNanos - slewSeenRawNanos) * slew;
    long whole = (long) Math.rint(gained);
    slewedNanos += whole;
    slewRemainder = gained - whole;
    slewSeenRawNanos = rawNanos;
  }

  /**
   * Stops all counters.
   *
   * @param isSleep whether CLOCK_BOOTTIME goes on
   */
  void stop(boolean isSleep) {
    if (isStopped) {
      throw new IllegalStateException("the machine sleeps already");
    }
    stoppedAtNanos = oscillator.nanos();
    isStopped = true;
    isAsleep = isSleep;
    asleepAtTrueNanos = time.nowNanos();
  }

  void resume() {
    stoppedNanos += oscillator.nanos() - stoppedAtNanos;
    isStopped = false;
    if (isAsleep) {
      sleptNanos += time.nowNanos() - asleepAtTrueNanos;
      isAsleep = false;
    }
    revision++;
  }

  /** Grows with each change of a rate, so that what was foretold is no longer good. */
  int revision() {
    return revision + oscillator.revision();
  }

  /**
   * How much true time will pass until the ruler has gone on by so much: exact to a nanosecond or
   * two, and never too much, while the rate is steady. Where it is not, a long way is foretold in
   * stages, each of them a little short of what is left. As of the last look at a clock.
   */
  long trueNanosFor(long aheadNanos) {
    boolean isCertain = oscillator.isSteady() || aheadNanos <= NEAR_NANOS;
    long stageNanos = isCertain ? aheadNanos : aheadNanos - (aheadNanos >> STAGE_SHIFT);
    double rate = (1 + oscillator.frequency()) * (1 + slew);
    return Math.max(1, (long) (stageNanos / rate));
  }
}
