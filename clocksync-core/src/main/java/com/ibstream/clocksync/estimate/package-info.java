/**
 * Turns the samples of many servers into one line with a hard interval and a best point; arithmetic
 * only.
 */
package com.ibstream.clocksync.estimate;
