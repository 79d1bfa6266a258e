/**
 * The hot path: gives the time, its bound and its trust from one published line, without lock or
 * allocation.
 *
 * <p>No method of this package returns or accepts {@code null}. Nothing here imports another
 * package of this library.
 */
package com.ibstream.clocksync.time;
