package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.repair.TradingHours.Trading;
import com.ibstream.clocksync.verdict.RepairEvent;
import java.util.List;

/** What one turn knows, and what it has to tell. */
record Turn(Evidence evidence, Trading trading, List<RepairEvent> events) {

  long nowNanos() {
    return evidence.nowMonoNanos();
  }
}
