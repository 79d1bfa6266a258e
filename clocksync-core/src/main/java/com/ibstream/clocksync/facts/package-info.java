/**
 * What was observed, as plain immutable values with reasons. Nothing here returns or accepts {@code
 * null}.
 *
 * <p>Signs: an offset is reference minus local, positive = our clock is behind.
 */
package com.ibstream.clocksync.facts;
