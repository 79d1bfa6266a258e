/**
 * A sample trading service: a synthetic feed whose ticks are stamped with the trusted clock and
 * written to a file.
 */
package com.ibstream.clocksync.examples.trading;
