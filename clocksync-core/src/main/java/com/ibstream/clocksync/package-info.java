/**
 * Owns the threads, the schedule, the configuration, the plug-ins and the wiring; {@link
 * com.ibstream.clocksync.ClockMonitor} is where to start. Nothing here returns or accepts {@code
 * null}.
 */
package com.ibstream.clocksync;
