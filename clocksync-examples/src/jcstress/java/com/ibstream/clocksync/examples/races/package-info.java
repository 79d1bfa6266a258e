/**
 * Races between the thread that publishes and a thread that reads, compiled in the profile {@code
 * races} only. Each has two threads, so that a machine with two processors runs them all.
 */
package com.ibstream.clocksync.examples.races;
