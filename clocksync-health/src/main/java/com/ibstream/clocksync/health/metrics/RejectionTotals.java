package com.ibstream.clocksync.health.metrics;

import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts exchanges that proved nothing. A source that is replaced takes its own counts with it; a
 * meter that counts must not fall, so these keep what they have seen. Safe for any number of
 * threads.
 */
final class RejectionTotals {

  private final ClockHealthContributor health;
  private final Map<NtpRejection, Long> byReason = new EnumMap<>(NtpRejection.class);
  private final Map<String, Long> byServer = new HashMap<>();
  private Map<Counted, Long> latest = Map.of();

  RejectionTotals(ClockHealthContributor health) {
    this.health = health;
  }

  private record Counted(String server, String address, NtpRejection reason) {

    /** Lookups are counted for the name, whichever of its sources shows them at present. */
    static Counted of(SourceFacts source, NtpRejection reason) {
      return new Counted(source.server(), reason.isOfName() ? "" : source.address(), reason);
    }
  }

  /** Of all servers; only grows. */
  synchronized long of(NtpRejection reason) {
    take();
    return byReason.getOrDefault(reason, 0L);
  }

  /** Of one server, as configured, for all reasons; only grows. */
  synchronized long of(String server) {
    take();
    return byServer.getOrDefault(server, 0L);
  }

  /** Under the lock, lest an older status come after a newer one. No status adds nothing. */
  private void take() {
    health.snapshot().status().map(ClockStatus::sources).ifPresent(this::take);
  }

  private void take(List<SourceFacts> sources) {
    Map<Counted, Long> present = new HashMap<>();
    for (SourceFacts source : sources) {
      source
          .rejections()
          .forEach((reason, count) -> present.merge(Counted.of(source, reason), count, Long::sum));
    }
    present.forEach(
        (counted, count) -> {
          long before = latest.getOrDefault(counted, 0L);
          long more = count >= before ? count - before : count; // less: another source
          byReason.merge(counted.reason(), more, Long::sum);
          byServer.merge(counted.server(), more, Long::sum);
        });
    latest = present;
  }
}
