/** The hardware clock: reads its edge, compares it, judges its battery. */
package com.ibstream.clocksync.rtc;
