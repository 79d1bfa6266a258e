/** What the market proves about our clock, and when it trades. */
package com.ibstream.clocksync.market;
