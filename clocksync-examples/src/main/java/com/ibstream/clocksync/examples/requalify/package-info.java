/** Adds to recorded ticks what their stamps meant. */
package com.ibstream.clocksync.examples.requalify;
