/**
 * Holds a history against what regulations ask of a clock. Their figures are data, not code.
 * Nothing here returns or accepts {@code null}.
 */
package com.ibstream.clocksync.history.compliance;
