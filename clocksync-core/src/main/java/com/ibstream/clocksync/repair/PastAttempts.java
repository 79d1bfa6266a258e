package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import com.ibstream.clocksync.repair.Judgement.Guard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What was done before, and what of it forbids doing more. */
final class PastAttempts {

  static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

  /** A missing privilege does not come back by itself, and trying fills the log of sudo. */
  private static final long PRIVILEGE_RETRY_NANOS = TimeUnit.HOURS.toNanos(1);

  /** So many restarts in a row that did not help; a step that does not help is alarming at once. */
  private static final int MOST_USELESS_RESTARTS = 3;

  private static final int MOST_USELESS_STEPS = 1;
  private static final int MOST_USELESS_WRITES = 2;

  private final List<Attempt> newestFirst;
  private final long nowMonoNanos;
  private final OptionalLong forgivenMonoNanos;

  /** Actions that seem to lie in the future are as young as can be. */
  PastAttempts(List<Attempt> attempts, long nowMonoNanos, OptionalLong forgivenMonoNanos) {
    newestFirst = new ArrayList<>(attempts);
    newestFirst.sort(Comparator.comparingLong((Attempt attempt) -> age(attempt, nowMonoNanos)));
    this.nowMonoNanos = nowMonoNanos;
    this.forgivenMonoNanos = forgivenMonoNanos;
  }

  /** The same actions told by two witnesses, of whom the second knows better. */
  static List<Attempt> merged(List<Attempt> theirs, List<Attempt> ours) {
    List<Attempt> all = new ArrayList<>(ours);
    theirs.stream()
        .filter(attempt -> ours.stream().noneMatch(known -> isSame(known, attempt)))
        .forEach(all::add);
    return all;
  }

  static boolean isSame(Attempt one, Attempt other) {
    return one.monoNanos() == other.monoNanos() && one.action() == other.action();
  }

  /** What forbids an action that is called for; empty if nothing does. */
  Optional<Judgement> obstacle(RepairAction action, String why, RepairPolicy policy) {
    Optional<Attempt> last = newest(action);
    if (last.filter(attempt -> attempt.outcome() == Outcome.NOT_PERMITTED).isPresent()
        && age(last.get()) < PRIVILEGE_RETRY_NANOS) {
      return forbidden(
          Guard.PRIVILEGE, action, why, "the privilege is missing: " + last.get().detail());
    }
    if (last.filter(attempt -> attempt.outcome() == Outcome.WITHDRAWN).isPresent()
        && age(last.get()) < RepairPolicy.LEAST_GAP_NANOS) {
      return forbidden(Guard.GAP, action, why, "less than 60 s after it was withdrawn");
    }
    int useless = uselessInARow(action, policy);
    if (useless >= mostUseless(action)) {
      return Optional.of(
          Judgement.escalate(
              action, why, "done " + useless + " times without help; somebody has to look"));
    }
    Optional<Attempt> start =
        newestFirst.stream()
            .filter(attempt -> attempt.outcome().isCounted())
            .filter(attempt -> startsService(attempt.action()))
            .findFirst();
    if (startsService(action)
        && start.isPresent()
        && age(start.get()) < RepairPolicy.LEAST_GAP_NANOS) {
      return forbidden(Guard.GAP, action, why, "less than 60 s after the last start or step");
    }
    Optional<Attempt> counted =
        newestFirst.stream()
            .filter(attempt -> attempt.action() == action && attempt.outcome().isCounted())
            .findFirst();
    long cooldownNanos = cooldownNanos(action, useless, policy);
    if (counted.isPresent() && age(counted.get()) < cooldownNanos) {
      return forbidden(
          Guard.COOLDOWN,
          action,
          why,
          "the last time was " + words(age(counted.get())) + " ago, of " + words(cooldownNanos));
    }
    long today =
        newestFirst.stream()
            .filter(attempt -> attempt.action() == action && attempt.outcome().isCounted())
            .filter(attempt -> age(attempt) < DAY_NANOS)
            .count();
    if (today >= policy.dailyLimit(action)) {
      return forbidden(Guard.DAILY_LIMIT, action, why, "done " + today + " times within a day");
    }
    return Optional.empty();
  }

  /**
   * Whether the system clock was wrong, we did something, it is right, and the hardware clock has
   * not been set since. Help that came too late for a verdict came all the same.
   *
   * @param isRightNow whether a fresh vote finds the system clock right
   */
  boolean isRtcDue(RepairPolicy policy, boolean isRightNow) {
    for (Attempt attempt : newestFirst) {
      boolean isWritten =
          attempt.action().isOfHardwareClock()
              && (attempt.outcome() == Outcome.HELPED
                  || attempt.outcome() == Outcome.NOT_DONE
                  || attempt.outcome() == Outcome.UNVERIFIED);
      if (isWritten || age(attempt) >= DAY_NANOS) {
        return false;
      }
      boolean wasOff =
          Math.abs(attempt.offsetBeforeNanos().orElse(0)) > policy.offsetThresholdNanos();
      boolean isSet = attempt.outcome() == Outcome.HELPED || (isRightNow && isRun(attempt));
      if (startsService(attempt.action()) && wasOff && isSet) {
        return true;
      }
    }
    return false;
  }

  /** Whether its commands were run, as far as they went. */
  private static boolean isRun(Attempt attempt) {
    return switch (attempt.outcome()) {
      case NOT_DONE, NOT_PERMITTED, WITHDRAWN -> false;
      default -> true;
    };
  }

  private int uselessInARow(RepairAction action, RepairPolicy policy) {
    int count = 0;
    for (Attempt attempt : newestFirst) {
      if (attempt.action() != action || !isKnown(attempt, policy)) {
        continue;
      }
      // That service and system clock are well says nothing of the hardware clock.
      boolean isForgiven =
          startsService(action)
              && forgivenMonoNanos.isPresent()
              && attempt.monoNanos() - forgivenMonoNanos.getAsLong() < 0;
      boolean isOver = count == 0 && age(attempt) >= DAY_NANOS;
      if (attempt.outcome() == Outcome.HELPED || isForgiven || isOver) {
        return count;
      }
      count++;
    }
    return count;
  }

  /** What is pending for too long was abandoned: whoever began it did not see its end. */
  private boolean isKnown(Attempt attempt, RepairPolicy policy) {
    return switch (attempt.outcome()) {
      case NOT_DONE, NOT_PERMITTED, WITHDRAWN, UNVERIFIED -> false;
      case PENDING -> age(attempt) > policy.synchronisedLimitNanos() + RepairPolicy.LEAST_GAP_NANOS;
      default -> true;
    };
  }

  private static int mostUseless(RepairAction action) {
    return switch (action) {
      case RESTART_SERVICE -> MOST_USELESS_RESTARTS;
      case STEP_CLOCK -> MOST_USELESS_STEPS;
      case WRITE_RTC, SET_RTC_UTC -> MOST_USELESS_WRITES;
    };
  }

  private static long cooldownNanos(RepairAction action, int useless, RepairPolicy policy) {
    long baseNanos = policy.cooldownNanos(action);
    return action == RepairAction.RESTART_SERVICE
        ? Math.max(baseNanos, Math.min(baseNanos << useless, policy.longestRestartCooldownNanos()))
        : baseNanos;
  }

  /** Most services are stepped by a restart. */
  private static boolean startsService(RepairAction action) {
    return !action.isOfHardwareClock();
  }

  private Optional<Attempt> newest(RepairAction action) {
    return newestFirst.stream().filter(attempt -> attempt.action() == action).findFirst();
  }

  private long age(Attempt attempt) {
    return age(attempt, nowMonoNanos);
  }

  private static long age(Attempt attempt, long nowMonoNanos) {
    return Math.max(0, nowMonoNanos - attempt.monoNanos());
  }

  private static Optional<Judgement> forbidden(
      Guard guard, RepairAction action, String why, String but) {
    return Optional.of(Judgement.forbidden(guard, action, why, but));
  }

  private static String words(long nanos) {
    return Duration.ofNanos(nanos).toMinutes() + " min";
  }
}
