/** Reads the history back, record by record. Nothing here returns or accepts {@code null}. */
package com.ibstream.clocksync.history.read;
