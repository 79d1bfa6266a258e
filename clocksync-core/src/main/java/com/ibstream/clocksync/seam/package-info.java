/**
 * The outside world as one-method interfaces: packets, names, scheduling, commands, files, kernel
 * clocks.
 *
 * <p>The real side lives in the package {@code host}, the fakes in {@code testing}. Chance is
 * {@link java.util.random.RandomGenerator}; the clocks are {@link
 * com.ibstream.clocksync.time.Ruler} and {@link com.ibstream.clocksync.time.WallClock}. Nothing
 * here returns or accepts {@code null}.
 */
package com.ibstream.clocksync.seam;
