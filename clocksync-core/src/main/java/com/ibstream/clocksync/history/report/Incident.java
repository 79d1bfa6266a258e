package com.ibstream.clocksync.history.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which the system clock was 50 ms off or more. Immutable.
 *
 * @param began when that was seen first, UTC
 * @param ended when it was seen to be over; empty if it was not
 * @param peakNanos the greatest |offset| seen
 * @param detection how long it can have been so before it was seen; empty if nobody had looked for
 *     longer than a monitor ever rests
 * @param recovery from being seen to being over, on the ruler; empty while it is not over, or where
 *     the monitor ended meanwhile
 * @param cause the first warning told with it; empty if none was
 */
public record Incident(
    Instant began,
    Optional<Instant> ended,
    long peakNanos,
    Optional<Duration> detection,
    Optional<Duration> recovery,
    Optional<String> cause) {}
