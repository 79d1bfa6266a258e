package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.ServiceFacts;
import java.util.List;

/** The only thing that changes a host. */
public interface Actuator {

  /**
   * Carries out one action. Blocks, for a limited time; not for the monitor's thread.
   *
   * @param order what was decided
   * @return what the commands did: no proof that it helped
   */
  Result act(Order order);

  /**
   * Reads the hardware clock, which nothing else here can tell. Blocks for a moment.
   *
   * @return what it shows
   */
  RtcReading readHardwareClock();

  /**
   * What was decided.
   *
   * @param action what
   * @param service the time service as it was just seen
   * @param isServiceAware whether the service's own figure of the system clock's error agrees with
   *     the vote's: only then may it be told to correct the clock by that figure
   */
  record Order(RepairAction action, ServiceFacts service, boolean isServiceAware) {}

  /**
   * What the hardware clock showed.
   *
   * @param isRead whether it could be read; if not, the times mean nothing
   * @param epochSeconds whole seconds since 1970, taken for UTC
   * @param monoNanos when it was read, on the ruler
   * @param detail why it could not be read, for people
   */
  record RtcReading(boolean isRead, long epochSeconds, long monoNanos, String detail) {

    /**
     * A hardware clock that cannot be read.
     *
     * @param detail why, for people
     * @return no time
     */
    public static RtcReading unreadable(String detail) {
      return new RtcReading(false, 0, 0, detail);
    }
  }

  /**
   * What the commands of an action did.
   *
   * @param outcome how they ended
   * @param commands what was run, in order, each as one line
   * @param detail exit statuses and what was said, for people
   * @param durationNanos how long they took together
   * @param endMonoNanos when the last one ended, on the ruler
   */
  record Result(
      Outcome outcome,
      List<String> commands,
      String detail,
      long durationNanos,
      long endMonoNanos) {

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
