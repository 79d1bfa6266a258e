package com.ibstream.clocksync;

import com.ibstream.clocksync.seam.KernelClocks;
import com.ibstream.clocksync.seam.Seams;

/** The same seams but for the kernel's clocks. */
final class WithKernel {

  private WithKernel() {}

  static Seams of(Seams real, KernelClocks kernel) {
    return new Seams(
        real.ruler(),
        real.wallClock(),
        real.transport(),
        real.resolver(),
        real.scheduler(),
        real.hostScheduler(),
        real.commands(),
        real.files(),
        kernel,
        real.random(),
        real.listeners(),
        real.recorder());
  }
}
