/**
 * One exchange with one server: request, checks, and what it proved or the reason for its refusal.
 * Never reads the wall clock. Nothing here returns or accepts {@code null}.
 */
package com.ibstream.clocksync.ntp;
