/**
 * Serves the status over HTTP, read-only, in the JSON that users of the existing service know.
 * Nothing here returns or accepts {@code null}.
 *
 * <p>Signs: a drift in JSON is system minus reference, positive = our clock is ahead; the other way
 * round than an offset in Java.
 */
package com.ibstream.clocksync.health.http;
