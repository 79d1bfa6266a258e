/**
 * Benchmarks of the hot path beside what the JDK offers, compiled in the profile {@code benchmarks}
 * only.
 */
package com.ibstream.clocksync.examples.benchmarks;
