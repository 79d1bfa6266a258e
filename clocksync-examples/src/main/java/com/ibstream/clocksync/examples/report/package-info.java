/**
 * What is said of the clock to people and to other programs.
 *
 * <p>Here, and only here, an offset (UTC minus system clock) becomes a drift (system clock minus
 * UTC).
 */
package com.ibstream.clocksync.examples.report;
