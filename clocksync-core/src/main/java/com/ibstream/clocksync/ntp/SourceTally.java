package com.ibstream.clocksync.ntp;

import com.ibstream.clocksync.facts.NtpRejection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has been counted of one source. Immutable.
 *
 * @param sentCount requests sent
 * @param finishedCount exchanges that ended, well or not
 * @param acceptedCount answers accepted
 * @param rejections how often each reason occurred
 * @param lastRejection why the last exchange proved nothing; empty if it was accepted, or if there
 *     was none
 * @param lastDetail more about it, for people; may be empty
 */
public record SourceTally(
    long sentCount,
    long finishedCount,
    long acceptedCount,
    Map<NtpRejection, Long> rejections,
    Optional<NtpRejection> lastRejection,
    String lastDetail) {

  /** Nothing counted. */
  static final SourceTally EMPTY = new SourceTally(0, 0, 0, Map.of(), Optional.empty(), "");

  /** Copies the map. */
  public SourceTally {
    rejections = Map.copyOf(rejections);
  }

  SourceTally sent() {
    return new SourceTally(
        sentCount + 1, finishedCount, acceptedCount, rejections, lastRejection, lastDetail);
  }

  SourceTally finished(NtpOutcome outcome) {
    Map<NtpRejection, Long> ignored = with(rejections, outcome.ignored());
    if (outcome instanceof NtpOutcome.Refused refused) {
      return new SourceTally(
          sentCount,
          finishedCount + 1,
          acceptedCount,
          with(ignored, List.of(refused.reason())),
          Optional.of(refused.reason()),
          refused.detail());
    }
    return new SourceTally(
        sentCount, finishedCount + 1, acceptedCount + 1, ignored, Optional.empty(), "");
  }

  SourceTally straggled(NtpRejection reason) {
    return new SourceTally(
        sentCount,
        finishedCount,
        acceptedCount,
        with(rejections, List.of(reason)),
        lastRejection,
        lastDetail);
  }

  private static Map<NtpRejection, Long> with(
      Map<NtpRejection, Long> counts, List<NtpRejection> reasons) {
    if (reasons.isEmpty()) {
      return counts;
    }
    Map<NtpRejection, Long> next = new EnumMap<>(NtpRejection.class);
    next.putAll(counts);
    reasons.forEach(reason -> next.merge(reason, 1L, Long::sum));
    return next;
  }
}
