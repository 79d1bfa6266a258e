/**
 * Maps a status to a health answer, in one table; framework-free. Nothing here returns or accepts
 * {@code null}.
 */
package com.ibstream.clocksync.health;
