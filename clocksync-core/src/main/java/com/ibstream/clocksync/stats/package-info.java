/** Running statistics and quantiles, over Guava's; arithmetic only. */
package com.ibstream.clocksync.stats;
