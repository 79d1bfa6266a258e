/**
 * A log on disk that shows what was done to it: lines that each carry their own hash and that of
 * the line before. What the lines say is no matter here. Nothing here returns or accepts {@code
 * null}.
 */
package com.ibstream.clocksync.history.chain;
