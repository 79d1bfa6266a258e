/** Writes a report for people and for programs. Nothing here returns or accepts {@code null}. */
package com.ibstream.clocksync.history.publish;
