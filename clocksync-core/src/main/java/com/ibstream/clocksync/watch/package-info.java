/**
 * The host's side of the monitor, on the thread {@code clocksync-host}: probes the time service,
 * repairs, keeps the record of it. Nothing here returns or accepts {@code null}.
 */
package com.ibstream.clocksync.watch;
