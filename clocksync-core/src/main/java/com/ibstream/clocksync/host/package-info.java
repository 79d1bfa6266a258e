/**
 * The seams' real side on this machine, with time and size limits. Nothing here returns or accepts
 * {@code null}.
 */
package com.ibstream.clocksync.host;
