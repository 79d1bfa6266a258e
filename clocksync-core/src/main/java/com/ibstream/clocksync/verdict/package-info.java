/**
 * What is true now, what just happened and what it may come from, as immutable values: status,
 * events, explanations. Nothing here returns or accepts {@code null}.
 */
package com.ibstream.clocksync.verdict;
