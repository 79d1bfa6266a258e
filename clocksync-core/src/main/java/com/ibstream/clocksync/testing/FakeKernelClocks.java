package com.ibstream.clocksync.testing;

import com.ibstream.clocksync.seam.KernelClocks;
import java.util.Optional;

/** A kernel that shows what a test sets. Safe for threads. */
public final class FakeKernelClocks implements KernelClocks {

  private volatile Optional<KernelReading> reading = Optional.empty();
  private volatile Optional<KernelState> state = Optional.empty();

  /** A kernel that cannot be asked. */
  public FakeKernelClocks() {}

  /**
   * Sets what the kernel shows.
   *
   * @param next the reading from now on
   */
  public void set(KernelReading next) {
    reading = Optional.of(next);
  }

  /**
   * Sets what the kernel says of its system clock.
   *
   * @param next the state from now on
   */
  public void set(KernelState next) {
    state = Optional.of(next);
  }

  @Override
  public Optional<KernelState> state() {
    return state;
  }

  @Override
  public Optional<KernelReading> read() {
    return reading;
  }
}
