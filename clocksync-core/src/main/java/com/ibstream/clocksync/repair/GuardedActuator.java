package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import java.util.List;

/** An actuator whose exceptions are failures like others. */
record GuardedActuator(Actuator actuator) {

  Actuator.Result act(Actuator.Order order, long nowMonoNanos) {
    try {
      return actuator.act(order);
    } catch (RuntimeException e) {
      return new Actuator.Result(
          Actuator.Result.Outcome.FAILED, List.of(), e.toString(), 0, nowMonoNanos);
    }
  }

  Actuator.RtcReading readHardwareClock() {
    try {
      return actuator.readHardwareClock();
    } catch (RuntimeException e) {
      return Actuator.RtcReading.unreadable(e.toString());
    }
  }

  /** What an action comes to if nothing is found to have become better. */
  static Outcome otherwise(Actuator.Result.Outcome outcome, boolean isWrite) {
    return switch (outcome) {
      case DONE -> Outcome.DID_NOT_HELP;
      case FAILED -> Outcome.FAILED;
      // A host without a hardware clock lacks nothing.
      case IMPOSSIBLE -> isWrite ? Outcome.NOT_DONE : Outcome.FAILED;
      case TIMED_OUT -> Outcome.TIMED_OUT;
      case NOT_PERMITTED -> Outcome.NOT_PERMITTED;
    };
  }
}
