/**
 * Publishes the state of the clock as metrics, in base units. Needs Micrometer. Nothing here
 * returns or accepts {@code null}.
 */
package com.ibstream.clocksync.health.metrics;
