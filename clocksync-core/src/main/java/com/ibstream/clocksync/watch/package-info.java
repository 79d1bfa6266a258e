/**
 * The host's side of the monitor: probing its time service and repairing it, on the thread
 * clocksync-host.
 */
package com.ibstream.clocksync.watch;
