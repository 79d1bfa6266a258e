package com.ibstream.clocksync.facts;

import java.util.OptionalInt;

/**
 * What the kernel says of its system clock, in the words of whoever steers it: claims, which {@link
 * SynchronisationClaim} compares with the vote.
 *
 * @param measuredMonoNanos when it was asked, on the ruler
 * @param isSynchronised whether it says that somebody steers the clock
 * @param frequencyPpm what it adds to its clock's own rate; positive = the clock is made to run
 *     faster
 * @param maxErrorNanos how wrong the system clock can be, as claimed
 * @param estimatedErrorNanos how wrong the system clock probably is, as claimed
 * @param taiMinusUtcSeconds the offset of TAI that it was told; empty if it was told none
 * @param leap whether it expects a leap second
 */
public record KernelFacts(
    long measuredMonoNanos,
    boolean isSynchronised,
    double frequencyPpm,
    long maxErrorNanos,
    long estimatedErrorNanos,
    OptionalInt taiMinusUtcSeconds,
    LeapSecond leap) {}
