package com.ibstream.clocksync;

import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of the lookups of a configured server that brought no address of its own.
 *
 * @param server as configured
 * @param state what there is to say of the name; empty while its sources say it all
 * @param rejection why the latest lookup brought nothing; empty if it brought an address, or none
 *     has ended
 * @param detail more about it, for people; may be empty
 * @param counts how many there were; they never fall
 */
record FruitlessLookups(
    String server,
    Optional<SourceState> state,
    Optional<NtpRejection> rejection,
    String detail,
    Map<NtpRejection, Long> counts) {

  FruitlessLookups {
    counts = Map.copyOf(counts);
  }

  /**
   * The lookups of a server.
   *
   * @param isUnresolved whether the latest lookup brought no address, or none has ended
   * @param failure why; empty while the first lookup is under way
   * @param failureCount how many lookups failed
   * @param isSwallowed whether all its addresses belong to others
   * @param swallowedCount how many lookups brought such addresses only
   */
  static FruitlessLookups of(
      String server,
      boolean isUnresolved,
      String failure,
      long failureCount,
      boolean isSwallowed,
      long swallowedCount) {
    Map<NtpRejection, Long> counts = new EnumMap<>(NtpRejection.class);
    count(counts, NtpRejection.UNKNOWN_HOST, failureCount);
    count(counts, NtpRejection.DUPLICATE_ADDRESS, swallowedCount);
    if (isUnresolved) {
      return failure.isEmpty()
          ? new FruitlessLookups(
              server, Optional.of(SourceState.WAITING), Optional.empty(), "", counts)
          : new FruitlessLookups(
              server,
              Optional.of(SourceState.UNREACHABLE),
              Optional.of(NtpRejection.UNKNOWN_HOST),
              failure,
              counts);
    }
    return isSwallowed
        ? new FruitlessLookups(
            server,
            Optional.of(SourceState.REFUSED),
            Optional.of(NtpRejection.DUPLICATE_ADDRESS),
            "",
            counts)
        : new FruitlessLookups(server, Optional.empty(), Optional.empty(), "", counts);
  }

  private static void count(Map<NtpRejection, Long> counts, NtpRejection reason, long count) {
    if (count > 0) {
      counts.put(reason, count);
    }
  }
}
