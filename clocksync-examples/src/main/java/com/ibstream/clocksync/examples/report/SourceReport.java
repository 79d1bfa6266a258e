package com.ibstream.clocksync.examples.report;

import com.ibstream.clocksync.facts.SourceFacts;
import java.util.Locale;
import java.util.Optional;

/**
 * What one source says of the system clock. Immutable.
 *
 * @param server the name as configured
 * @param address numeric address and port; empty while the name has none
 * @param state what it is worth, in lower case
 * @param reason the name of the refusal in lower case; empty if its last answer was accepted
 * @param explanation the refusal in words; may be empty
 * @param measured its interval; empty if it has none
 */
public record SourceReport(
    String server,
    Optional<String> address,
    String state,
    Optional<String> reason,
    String explanation,
    Optional<Measured> measured) {

  /**
   * What was measured with one source.
   *
   * @param driftNanos system clock minus UTC by this source; positive = our clock is ahead
   * @param errorBoundNanos half the width of the interval
   * @param delayNanos round trip without the server's holding time
   * @param stratum hops from a reference clock
   */
  public record Measured(long driftNanos, long errorBoundNanos, long delayNanos, int stratum) {}

  static SourceReport of(SourceFacts facts) {
    return new SourceReport(
        facts.server(),
        facts.address().isEmpty() ? Optional.empty() : Optional.of(facts.address()),
        facts.state().name().toLowerCase(Locale.ROOT),
        facts.rejection().map(reason -> reason.name().toLowerCase(Locale.ROOT)),
        facts.rejection().map(reason -> explain(reason.text(), facts.detail())).orElse(""),
        facts
            .measurement()
            .map(
                said ->
                    new Measured(
                        Drift.ofOffset(said.offsetNanos()),
                        said.errorBoundNanos(),
                        said.delayNanos(),
                        said.stratum())));
  }

  private static String explain(String text, String detail) {
    return detail.isEmpty() ? text : text + " (" + detail + ")";
  }
}
