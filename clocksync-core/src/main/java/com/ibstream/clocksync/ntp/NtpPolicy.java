package com.ibstream.clocksync.ntp;

/**
 * What an exchange is measured by.
 *
 * @param timeoutNanos how long an answer may take
 * @param maxRootDistanceNanos the greatest root delay / 2 + root dispersion of a server
 * @param rulerErrorPpm how much faster or slower than UTC the ruler may run, in the bound
 * @param rulerPrecisionNanos granularity of the ruler
 */
public record NtpPolicy(
    long timeoutNanos, long maxRootDistanceNanos, double rulerErrorPpm, long rulerPrecisionNanos) {}
