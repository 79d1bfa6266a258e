/**
 * Sums up a history: statistics, trend, incidents, and whether the owner's targets were met.
 * Nothing here returns or accepts {@code null}.
 */
package com.ibstream.clocksync.history.report;
