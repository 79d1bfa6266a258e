/**
 * Compares the wall clock with the ruler: brackets, and the system clock's offset from UTC over
 * time.
 */
package com.ibstream.clocksync.system;
