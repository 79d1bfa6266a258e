package com.ibstream.clocksync.health;

import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for the health of time, for whatever framework asks. Never measures: it reads the latest
 * status, in microseconds. Never throws: what cannot be read is {@link HealthStatus#ERROR}. Safe
 * for any number of threads.
 *
 * <p>Worse counts at once. Better counts when every answer for {@link #HOLD_NANOS} was better; till
 * then the word stays, and the first reason says so. The first proof counts at once. Only what is
 * asked for is seen: ask once a second, as {@link
 * com.ibstream.clocksync.health.plugin.ClockHealthPlugin} does, or an improvement is counted from
 * the first answer that has it. Whether stamps may be taken, {@link HealthSnapshot#isSafeToStamp},
 * is not held: it is what the trusted clock itself says.
 */
public final class ClockHealthContributor {

  /** How long a health must have been better to count, ns: 10 s. */
  public static final long HOLD_NANOS = 10_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(ClockHealthContributor.class);

  private final Supplier<ClockStatus> status;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();
  private final HealthHold hold = new HealthHold(HOLD_NANOS);

  /**
   * A contributor over a status.
   *
   * @param status gives the present status, for example {@code monitor::status}
   */
  public ClockHealthContributor(Supplier<ClockStatus> status) {
    this.status = status;
  }

  /**
   * The health of time at this instant.
   *
   * @return {@link HealthStatus#ERROR} until time was proved for the first time, and whenever the
   *     status cannot be read
   */
  public ClockHealth health() {
    return snapshot().health();
  }

  /**
   * The health of time with the status behind it.
   *
   * @return both, of one instant
   */
  public HealthSnapshot snapshot() {
    try {
      ClockStatus present = status.get();
      if (present == null) {
        return unreadable("there is none");
      }
      ClockHealth health = hold.at(HealthMapping.of(present), present.asOfMonoNanos());
      return new HealthSnapshot(health, Optional.of(present));
    } catch (RuntimeException | Error e) {
      String kind = e.getClass().getName();
      if (logged.add(kind)) {
        LOG.error(
            "the status of the clock cannot be read; health says error (further {}s are not logged)",
            kind,
            e);
      }
      return unreadable(e.getClass().getSimpleName());
    }
  }

  private HealthSnapshot unreadable(String why) {
    ClockHealth error =
        ClockHealth.error(List.of("the status of the clock cannot be read: " + why));
    return new HealthSnapshot(hold.unreadable(error), Optional.empty());
  }
}
