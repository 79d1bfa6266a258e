package com.ibstream.clocksync.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Lets a health become worse at once, and better only when it has been better for a while: a clock
 * that is right for a moment between two faults is not well. The first answer, and the first proof
 * after none, count at once: there is nothing yet to hold. Safe for threads.
 */
final class HealthHold {

  private final long holdNanos;

  private boolean isProved;
  private ClockHealth held = ClockHealth.error(List.of("nobody has asked yet"));

  /** Since when everything seen was better than what is held; empty while it was not. */
  private OptionalLong betterSince = OptionalLong.empty();

  /** The worst of what was seen since then; the latest where several are equally bad. */
  private ClockHealth worstSince = held;

  /**
   * Holds nothing yet.
   *
   * @param holdNanos how long a health must be better to count
   */
  HealthHold(long holdNanos) {
    this.holdNanos = holdNanos;
  }

  /**
   * What to say of a health.
   *
   * @param found as it is now
   * @param monoNanos when that was found
   * @return the same, or worse if a better one has not yet held
   */
  synchronized ClockHealth at(ClockHealth found, long monoNanos) {
    boolean isFirst = !isProved;
    isProved |= found.status() != HealthStatus.ERROR;
    if (isFirst || found.status().compareTo(held.status()) >= 0) {
      return take(found);
    }
    if (betterSince.isEmpty() || monoNanos - betterSince.getAsLong() < 0) {
      betterSince = OptionalLong.of(monoNanos);
      worstSince = found;
    }
    if (found.status().compareTo(worstSince.status()) >= 0) {
      worstSince = found;
    }
    if (monoNanos - betterSince.getAsLong() < holdNanos) {
      return held(found, monoNanos - betterSince.getAsLong());
    }
    if (worstSince.status() == found.status()) {
      return take(found);
    }
    held = worstSince;
    betterSince = OptionalLong.of(monoNanos);
    worstSince = found;
    return held(found, 0);
  }

  /**
   * What cannot be read has no time; it counts at once.
   *
   * @param unreadable an error
   * @return the same
   */
  synchronized ClockHealth unreadable(ClockHealth unreadable) {
    return take(unreadable);
  }

  private ClockHealth take(ClockHealth now) {
    held = now;
    betterSince = OptionalLong.empty();
    return now;
  }

  /** The present measurement under the worse word; none under error. */
  private ClockHealth held(ClockHealth found, long betterNanos) {
    List<String> reasons = new ArrayList<>();
    reasons.add(
        String.format(
            Locale.ROOT,
            "better for %.1f s only, which counts after %.1f s; before that: %s",
            betterNanos / 1e9,
            holdNanos / 1e9,
            held.reasons().get(0)));
    reasons.addAll(found.reasons());
    return held.status() == HealthStatus.ERROR
        ? ClockHealth.error(reasons)
        : new ClockHealth(held.status(), found.offsetNanos(), reasons);
  }
}
