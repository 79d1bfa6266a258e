/**
 * Remembers what happened and answers questions about it. Nothing here returns or accepts {@code
 * null}.
 */
package com.ibstream.clocksync.history;
