package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What was done to this host, by whichever process, and which process may go on. Whatever is in
 * doubt here forbids: without a memory there is no limit to what is repeated.
 */
public interface RepairMemory {

  /**
   * Makes this memory's owner the host's only repairer, until it ends; cheap if it is that already.
   *
   * @return empty if it is; otherwise why not, for people
   */
  Optional<String> claim();

  /**
   * Reads what was done, also by other processes and before the host was booted.
   *
   * @param nowMonoNanos the present, on the ruler
   * @param utcEpochNanos the present by trusted time; empty if there is none
   * @return the actions, each at its instant of this boot's ruler
   */
  Recall recall(long nowMonoNanos, OptionalLong utcEpochNanos);

  /**
   * Writes an action down so that it outlasts this process, or replaces what was written of it. Its
   * instant and its kind say which it is.
   *
   * @param attempt the action
   * @param utcEpochNanos when it began, by trusted time; empty if there was none
   * @return empty if it is safely written; otherwise why not, for people
   */
  Optional<String> remember(Attempt attempt, OptionalLong utcEpochNanos);

  /**
   * Forgets the oldest of too many: first those that count for no limit, for many of them in a row
   * must not make room for more of the others.
   *
   * @param oldestFirst what is remembered; changed
   * @param most how many may stay
   * @param attempt the action that an element is of
   * @param <T> what an action is kept in
   */
  static <T> void forget(List<T> oldestFirst, int most, Function<T, Attempt> attempt) {
    while (oldestFirst.size() > most) {
      Optional<T> uncounted =
          oldestFirst.stream()
              .filter(each -> !attempt.apply(each).outcome().isCounted())
              .findFirst();
      oldestFirst.remove(uncounted.orElseGet(() -> oldestFirst.get(0)));
    }
  }

  /**
   * What was read.
   *
   * @param attempts oldest first; an action whose age nobody knows is as young as it can be
   * @param problem why this is not to be relied on, for people; empty if it is
   */
  record Recall(List<Attempt> attempts, Optional<String> problem) {

    /** Copies the list. */
    public Recall {
      attempts = List.copyOf(attempts);
    }
  }
}
