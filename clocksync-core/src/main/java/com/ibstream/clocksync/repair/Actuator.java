package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.ServiceFacts;
import java.util.List;

/** The only thing that changes a host. */
@FunctionalInterface
public interface Actuator {

  /**
   * Carries out one action. Blocks, for a limited time; not for the monitor's thread.
   *
   * @param action what
   * @param service the time service as it was just seen
   * @return what the commands did: no proof that it helped
   */
  Result act(RepairAction action, ServiceFacts service);

  /**
   * What the commands of an action did.
   *
   * @param outcome how they ended
   * @param commands what was run, in order, each as one line
   * @param detail exit statuses and what was said, for people
   * @param durationNanos how long they took together
   */
  record Result(Outcome outcome, List<String> commands, String detail, long durationNanos) {

    /** Copies the list. */
    public Result {
      commands = List.copyOf(commands);
    }

    /** How the commands ended. */
    public enum Outcome {
      /** All ran to their end without complaint. */
      DONE,
      /** One failed. */
      FAILED,
      /** The privilege is missing. */
      NOT_PERMITTED,
      /** One did not end in time. */
      TIMED_OUT,
      /** There is no way to do this on this host. */
      IMPOSSIBLE
    }
  }
}
