package com.ibstream.clocksync.seam;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Everything a monitor may touch of the world outside, so that all of it can be replaced.
 *
 * @param ruler the clock that never jumps
 * @param wallClock the system clock, under test
 * @param transport packets; must call back on the thread of {@code scheduler}
 * @param resolver names
 * @param scheduler when things happen
 * @param hostScheduler when commands are run and files are read, which may block: where threads are
 *     real, a thread of its own
 * @param commands programs of the host
 * @param files files of the host
 * @param kernelClocks the kernel's view
 * @param random chance that an attacker cannot guess
 * @param listeners where listeners are called, so that a slow one delays nobody; may reject when it
 *     is full
 * @param recorder where the history is written, which may block; runs one task after the other
 */
public record Seams(
    Ruler ruler,
    WallClock wallClock,
    UdpTransport transport,
    NameResolver resolver,
    Scheduler scheduler,
    Scheduler hostScheduler,
    CommandRunner commands,
    HostFiles files,
    KernelClocks kernelClocks,
    RandomGenerator random,
    Executor listeners,
    Executor recorder) {}
