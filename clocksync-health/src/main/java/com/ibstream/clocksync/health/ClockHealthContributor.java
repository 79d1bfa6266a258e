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
 * status. Never throws: what cannot be read is {@link HealthStatus#ERROR}. Safe for any number of
 * threads.
 */
public final class ClockHealthContributor {

  private static final Logger LOG = LoggerFactory.getLogger(ClockHealthContributor.class);

  private final Supplier<ClockStatus> status;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

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
      return present == null ? unreadable("there is none") : HealthSnapshot.of(present);
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

  private static HealthSnapshot unreadable(String why) {
    return new HealthSnapshot(
        ClockHealth.error(List.of("the status of the clock cannot be read: " + why)),
        Optional.empty());
  }
}
