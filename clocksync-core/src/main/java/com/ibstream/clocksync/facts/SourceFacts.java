package com.ibstream.clocksync.facts;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One source, one address of a configured server, as it stands. A source that takes the place of a
 * lost one is another source, with counts of its own.
 *
 * @param server the name as configured, with its port where that is not 123
 * @param address numeric address and port, or empty while the name has none
 * @param state what it is worth at present
 * @param rejection why its last exchange proved nothing; empty if it was accepted
 * @param detail more about the rejection, for people; may be empty
 * @param rejections how often each reason occurred, also beside and behind an exchange; those of
 *     the name are all with one of its sources: that without address, if there is one, else the
 *     first
 * @param sentCount requests sent
 * @param acceptedCount answers accepted
 * @param reach the last eight polls as bits, the latest is bit 0
 * @param pollNanos the present interval between polls, nanoseconds
 * @param isUndisciplinedAllowed whether it may follow its own clock: on loopback, or by explicit
 *     configuration
 * @param isSmearing whether it is known to smear leap seconds
 * @param voice sources with the same number were one voice in the latest vote: one address, one
 *     parent, or one follows the other; empty if it had none
 * @param measurement its tightest interval at present; empty if it has none
 */
public record SourceFacts(
    String server,
    String address,
    SourceState state,
    Optional<NtpRejection> rejection,
    String detail,
    Map<NtpRejection, Long> rejections,
    long sentCount,
    long acceptedCount,
    int reach,
    long pollNanos,
    boolean isUndisciplinedAllowed,
    boolean isSmearing,
    OptionalInt voice,
    Optional<Measurement> measurement) {

  /** Copies the map. */
  public SourceFacts {
    rejections = Map.copyOf(rejections);
  }

  /**
   * What the source says of the system clock, aged to the moment of the status.
   *
   * @param offsetNanos UTC by this source minus system clock; positive = our clock is behind
   * @param errorBoundNanos half the width of its interval, with the width of the bracket that read
   *     the system clock
   * @param delayNanos round trip without the server's holding time
   * @param rootDistanceNanos the server's own: half its root delay, and its root dispersion
   * @param jitterNanos root mean square distance of its recent samples from the line
   * @param stratum hops from a reference clock
   * @param referenceId what it follows, as text
   * @param leapIndicator 0 none, 1 a second will be inserted, 2 deleted
   * @param ageNanos time since that exchange
   * @param isReferenceStale whether the server was never set, or more than an hour ago; past a day
   *     its answers are refused
   */
  public record Measurement(
      long offsetNanos,
      long errorBoundNanos,
      long delayNanos,
      long rootDistanceNanos,
      long jitterNanos,
      int stratum,
      String referenceId,
      int leapIndicator,
      long ageNanos,
      boolean isReferenceStale) {}
}
