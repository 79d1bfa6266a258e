/**
 * Ties contributor and endpoint to the life of a monitor. Nothing here returns or accepts {@code
 * null}.
 */
package com.ibstream.clocksync.health.plugin;
