package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.DriftClass;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.time.TrustReason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Something that happened to the clocks of this machine, or to the process that watches them. */
public sealed interface HostClockEvent extends ClockEvent {

  private static String cause(List<Explanation> causes) {
    return causes.stream().findFirst().map(best -> ", " + best.text()).orElse("");
  }

  /**
   * The system clock jumped against the ruler, or the machine slept. Trust is gone until most
   * servers have spoken again.
   *
   * @param monoNanos when it was noticed
   * @param kind what it was
   * @param jumpNanos how far the system clock jumped; positive = forward
   * @param jumpErrorNanos how wrong that may be, either way
   * @param asleepNanos how long the machine slept; 0 where that is not known
   * @param causes what a jump of this size is consistent with, best first; empty if nothing is
   *     known of it
   */
  record ClockJumped(
      long monoNanos,
      Kind kind,
      long jumpNanos,
      long jumpErrorNanos,
      long asleepNanos,
      List<Explanation> causes)
      implements HostClockEvent {

    /** Copies the list. */
    public ClockJumped {
      causes = List.copyOf(causes);
    }

    /** What makes a clock jump. */
    public enum Kind {
      /** Somebody stepped the system clock; the ruler went on. */
      STEPPED,
      /** The machine slept, and the ruler with it. */
      SLEPT,
      /** One of the two: the kernel's clocks are not seen. */
      STEPPED_OR_SLEPT
    }

    /**
     * Whether the machine may have slept, and the ruler and the trusted time with it.
     *
     * @return false if the kernel's clocks rule that out; they cannot rule out that a virtual
     *     machine was frozen with all of them and its wall clock then set
     */
    public boolean mayRulerHaveStood() {
      return kind != Kind.STEPPED;
    }

    @Override
    public String text() {
      String jump =
          String.format(
              Locale.ROOT,
              "system clock jumped %s by %.3f ms",
              jumpNanos >= 0 ? "forward" : "back",
              Math.abs(jumpNanos / 1e6));
      return switch (kind) {
        case STEPPED -> jump + cause(causes);
        case SLEPT -> String.format(Locale.ROOT, "machine slept for %.3f s", asleepNanos / 1e9);
        case STEPPED_OR_SLEPT -> jump + ", or the machine slept" + cause(causes);
      };
    }

    @Override
    public boolean isWarning() {
      return true;
    }
  }

  /**
   * The system clock's error entered another class.
   *
   * @param monoNanos when
   * @param from class before; empty if it was not known
   * @param to class now
   * @param offsetNanos UTC minus system clock
   * @param causes what an offset of this size is consistent with, best first; empty if nothing is
   *     known of it
   */
  record SystemClockChanged(
      long monoNanos,
      Optional<DriftClass> from,
      DriftClass to,
      long offsetNanos,
      List<Explanation> causes)
      implements HostClockEvent {

    /** Copies the list. */
    public SystemClockChanged {
      causes = List.copyOf(causes);
    }

    @Override
    public String text() {
      return String.format(
              Locale.ROOT,
              "system clock is %s by %.3f ms (%s)",
              offsetNanos >= 0 ? "behind" : "ahead",
              Math.abs(offsetNanos / 1e6),
              to.name().toLowerCase(Locale.ROOT))
          + cause(causes);
    }

    @Override
    public boolean isWarning() {
      return to.compareTo(DriftClass.ACCEPTABLE) >= 0;
    }
  }

  /**
   * The ruler, and the system clock with it, is being slewed otherwise than before. The trusted
   * time follows.
   *
   * @param monoNanos when it was noticed
   * @param fromPpm how much faster than the raw clock it ran before; positive = faster
   * @param toPpm how much faster it runs now
   */
  record SlewChanged(long monoNanos, double fromPpm, double toPpm) implements HostClockEvent {
    @Override
    public String text() {
      return "clock is being made to run " + rate(toPpm) + " (before: " + rate(fromPpm) + ")";
    }

    private static String rate(double ppm) {
      return String.format(
          Locale.ROOT, "%s by %.1f ppm", ppm >= 0 ? "faster" : "slower", Math.abs(ppm));
    }

    @Override
    public boolean isWarning() {
      return Math.abs(toPpm) > Math.abs(fromPpm);
    }
  }

  /**
   * Stamps that were given out as trusted may have been outside their bound, as is known now.
   *
   * @param monoNanos when that became known
   * @param fromMonoNanos the first instant that is withdrawn, on the ruler
   * @param fromEpochNanos what the trusted clock told then, nanoseconds since 1970
   * @param untilEpochNanos what it told when this became known; later stamps were not trusted
   * @param reason what happened
   */
  record StampsWithdrawn(
      long monoNanos,
      long fromMonoNanos,
      long fromEpochNanos,
      long untilEpochNanos,
      TrustReason reason)
      implements HostClockEvent {
    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "stamps of the last %.3f s may lie outside their bound: %s",
          (monoNanos - fromMonoNanos) / 1e9,
          reason.text());
    }

    @Override
    public boolean isWarning() {
      return true;
    }
  }

  /**
   * The monitor did not run when it should have. The clocks went on: this is no clock fault, and
   * where there was one besides it is an event of its own.
   *
   * @param monoNanos when it ran again
   * @param pauseNanos how late
   */
  record Paused(long monoNanos, long pauseNanos) implements HostClockEvent {
    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "process stood still for %.3f s (a pause of the JVM, or a busy machine); no clock fault",
          pauseNanos / 1e9);
    }

    @Override
    public boolean isWarning() {
      return true;
    }
  }

  /**
   * What the operating system claims of its clock, and what the vote says of that claim, changed.
   *
   * @param monoNanos when
   * @param from before
   * @param to now
   * @param earliestOffsetNanos the least offset of the system clock that the vote allows; positive
   *     = the system clock is behind
   * @param latestOffsetNanos the greatest
   * @param claimedErrorNanos the greatest error that the kernel admits
   */
  record ClaimChanged(
      long monoNanos,
      SynchronisationClaim from,
      SynchronisationClaim to,
      long earliestOffsetNanos,
      long latestOffsetNanos,
      long claimedErrorNanos)
      implements HostClockEvent {
    @Override
    public String text() {
      return switch (to) {
        case DISPUTED ->
            String.format(
                Locale.ROOT,
                "operating system says synchronised within %.3f ms,"
                    + " the vote says its clock is %s by %.3f to %.3f ms",
                claimedErrorNanos / 1e6,
                earliestOffsetNanos > 0 ? "behind" : "ahead",
                Math.min(Math.abs(earliestOffsetNanos), Math.abs(latestOffsetNanos)) / 1e6,
                Math.max(Math.abs(earliestOffsetNanos), Math.abs(latestOffsetNanos)) / 1e6);
        case NOT_CLAIMED -> "operating system says that its clock is not synchronised";
        case NOT_DISPUTED -> "operating system says synchronised, and nothing speaks against it";
        case NOT_ASKED -> "operating system can no longer be asked about its clock";
      };
    }

    @Override
    public boolean isWarning() {
      return to != SynchronisationClaim.NOT_DISPUTED;
    }
  }
}
