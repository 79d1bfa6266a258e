/**
 * What is true now and what just happened, as immutable values: status and events. Nothing here
 * returns or accepts {@code null}.
 */
package com.ibstream.clocksync.verdict;
