package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.ServiceFacts.Unit;
import com.ibstream.clocksync.repair.TradingHours.Trading;
import java.util.Optional;
import java.util.OptionalLong;

/** All that a judgement is made from. */
record Case(Evidence evidence, Trading trading, Since since, PastAttempts past) {

  /** What the service that runs as this unit last said of time. */
  Optional<Followed> followed(Unit unit) {
    return since.followed().filter(own -> own.unit().equals(unit.name()));
  }

  long lasted(OptionalLong start) {
    return Since.lengthNanos(start, evidence.nowMonoNanos());
  }
}
