/**
 * What the history says of stamps that were taken long ago. Nothing here returns or accepts {@code
 * null}.
 */
package com.ibstream.clocksync.history.stamps;
