/**
 * How far off a measurement of ours is, beside the single shot of other Java clients on the same
 * unsteady network; compiled in the profile {@code benchmarks} only.
 */
package com.ibstream.clocksync.examples.accuracy;
