package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.repair.TradingHours.Trading;
import java.util.OptionalLong;

/** All that a judgement is made from. */
record Case(Evidence evidence, Trading trading, Since since, PastAttempts past) {

  long lasted(OptionalLong start) {
    return Since.lengthNanos(start, evidence.nowMonoNanos());
  }
}
