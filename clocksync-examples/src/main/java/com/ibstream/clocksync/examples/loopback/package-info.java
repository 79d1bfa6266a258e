/** Small NTP servers on this host, some of them liars, so that demos and tests need no network. */
package com.ibstream.clocksync.examples.loopback;
