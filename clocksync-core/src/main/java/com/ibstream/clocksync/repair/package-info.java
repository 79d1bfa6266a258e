/**
 * Decides what to do about a bad clock, and whether it is allowed. Nothing here returns or accepts
 * {@code null}.
 */
package com.ibstream.clocksync.repair;
