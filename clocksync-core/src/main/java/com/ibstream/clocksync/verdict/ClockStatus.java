package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.facts.FeedFacts;
import com.ibstream.clocksync.facts.FrequencyFacts;
import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.PauseFacts;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything that is known about time at one instant. Immutable.
 *
 * <p>Trust, time and bound are those of the instant at which the status was asked for, by
 * arithmetic; sources and system clock are those of the latest observation, {@link
 * #observationAgeNanos()} old. A monitor whose thread hangs is shown by {@link #isStalled()}:
 * nothing here is then an observation of the present.
 *
 * @param asOfMonoNanos the instant, on the ruler
 * @param trust how far the trusted clock may be believed
 * @param reason why
 * @param utc the time; empty while {@link TrustLevel#UNKNOWN}
 * @param toleranceNanos the greatest error bound that is trusted
 * @param consensus what the latest vote said
 * @param voteAgeNanos time since the last successful vote; empty if there was none
 * @param trustLeftNanos how long the bound stays within the tolerance without another vote; empty
 *     if it is not
 * @param slewAllowancePpm how fast the ruler is allowed to be slewed in the bound
 * @param isSlewAllowanceAssumed whether that allowance is an assumption, because the raw clock is
 *     not watched
 * @param frequency how fast our oscillator drifts; empty while unknown
 * @param budget what the error bound is made of; empty while unknown
 * @param systemClock the system clock against UTC; empty without a trustworthy line
 * @param causes what the system clock's offset is consistent with, best first; empty if it is small
 *     or nothing is known of its size
 * @param kernel what the kernel says of its clock; empty where it cannot be asked
 * @param pauses when the monitor could not run
 * @param sampleStatistics offsets of the system clock by the accepted samples of the truechimers
 * @param feeds what market feeds prove about our clocks; one entry per feed
 * @param host what is known of the host around its clocks
 * @param configuredServerCount how many servers are configured, as names
 * @param sources one entry per address, and one per name that has none
 * @param observationAgeNanos time since the monitor last looked
 * @param isStalled whether the monitor has not looked for far longer than it should
 * @param isClosed whether the monitor was closed
 */
public record ClockStatus(
    long asOfMonoNanos,
    TrustLevel trust,
    TrustReason reason,
    Optional<Utc> utc,
    long toleranceNanos,
    Consensus consensus,
    OptionalLong voteAgeNanos,
    OptionalLong trustLeftNanos,
    double slewAllowancePpm,
    boolean isSlewAllowanceAssumed,
    Optional<FrequencyFacts> frequency,
    Optional<ErrorBudget> budget,
    Optional<SystemClockFacts> systemClock,
    List<Explanation> causes,
    Optional<KernelFacts> kernel,
    PauseFacts pauses,
    DriftStatistics sampleStatistics,
    List<FeedFacts> feeds,
    HostStatus host,
    int configuredServerCount,
    List<SourceFacts> sources,
    long observationAgeNanos,
    boolean isStalled,
    boolean isClosed) {

  /** Copies the lists. */
  public ClockStatus {
    causes = List.copyOf(causes);
    feeds = List.copyOf(feeds);
    sources = List.copyOf(sources);
  }

  /**
   * UTC as the trusted clock has it.
   *
   * @param epochNanos best estimate, nanoseconds since 1970
   * @param earliestEpochNanos the earliest possible
   * @param latestEpochNanos the latest possible
   * @param errorBoundNanos how wrong the best estimate can be
   * @param ratePpm how much faster than the ruler UTC runs
   */
  public record Utc(
      long epochNanos,
      long earliestEpochNanos,
      long latestEpochNanos,
      long errorBoundNanos,
      double ratePpm) {}

  /**
   * Whether a stamp taken with the trusted clock at this instant may be used.
   *
   * @return true for {@link TrustLevel#TRUSTED} and {@link TrustLevel#HOLDOVER}, unless the monitor
   *     stalls
   */
  public boolean isSafeToStamp() {
    return trust.isTrusted() && !isStalled && !isClosed;
  }

  /**
   * How many configured servers, as names, stand behind the estimate.
   *
   * @return their number; 0 when nobody looks, for then nobody knows
   */
  public int usableServerCount() {
    return isStalled || isClosed
        ? 0
        : (int)
            sources.stream()
                .filter(source -> source.state().isTruechimer())
                .map(SourceFacts::server)
                .distinct()
                .count();
  }

  /**
   * How many sources stand behind the estimate.
   *
   * @return the number of truechimers
   */
  public int truechimerCount() {
    return (int) sources.stream().filter(source -> source.state().isTruechimer()).count();
  }

  /**
   * How many independent voices stand behind the estimate. Sources with one address or one parent
   * are one voice, a server beside its own parent too, and one whose interval is wider than the
   * tolerance is none.
   *
   * @return at most {@link #truechimerCount()}
   */
  public int agreeingVoiceCount() {
    return (int)
        sources.stream()
            .filter(source -> source.state().isTruechimer())
            .filter(source -> source.state() != SourceState.DISTANT)
            .flatMapToInt(source -> source.voice().stream())
            .distinct()
            .count();
  }

  /**
   * The same observations, not to be trusted.
   *
   * @param why what is wrong
   * @return {@link TrustLevel#UNTRUSTED}, or this status if it is no better than that already
   */
  public ClockStatus untrusted(TrustReason why) {
    return trust.isTrusted()
        ? with(asOfMonoNanos, TrustLevel.UNTRUSTED, why, utc, budget, 0, isStalled, isClosed)
        : this;
  }

  /**
   * This status brought up to a later instant: time, bound, trust and ages are those of the
   * reading.
   *
   * @param reading of the trusted clock
   * @param ratePpm the rate of the line that was read
   * @param stallNanos the age of observations from which on the monitor counts as stalled
   * @return the same observations at the later instant
   */
  public ClockStatus at(Reading reading, double ratePpm, long stallNanos) {
    long laterNanos = reading.monoNanos() - asOfMonoNanos;
    long age = observationAgeNanos + laterNanos;
    Optional<Utc> now =
        reading.trust() == TrustLevel.UNKNOWN
            ? Optional.empty()
            : Optional.of(
                new Utc(
                    reading.epochNanos(),
                    reading.earliestEpochNanos(),
                    reading.latestEpochNanos(),
                    reading.errorBoundNanos(),
                    ratePpm));
    return with(
        reading.monoNanos(),
        reading.trust(),
        reading.reason(),
        now,
        now.flatMap(utcNow -> budget.map(terms -> terms.aged(utcNow.errorBoundNanos()))),
        laterNanos,
        age > stallNanos,
        isClosed || reading.reason() == TrustReason.MONITOR_CLOSED);
  }

  /**
   * The same with something else known of the host.
   *
   * @param newHost what was just seen
   * @return a status that differs in that alone
   */
  public ClockStatus withHost(HostStatus newHost) {
    return new ClockStatus(
        asOfMonoNanos,
        trust,
        reason,
        utc,
        toleranceNanos,
        consensus,
        voteAgeNanos,
        trustLeftNanos,
        slewAllowancePpm,
        isSlewAllowanceAssumed,
        frequency,
        budget,
        systemClock,
        causes,
        kernel,
        pauses,
        sampleStatistics,
        feeds,
        newHost,
        configuredServerCount,
        sources,
        observationAgeNanos,
        isStalled,
        isClosed);
  }

  private ClockStatus with(
      long monoNanos,
      TrustLevel newTrust,
      TrustReason newReason,
      Optional<Utc> newUtc,
      Optional<ErrorBudget> newBudget,
      long laterNanos,
      boolean newStalled,
      boolean newClosed) {
    return new ClockStatus(
        monoNanos,
        newTrust,
        newReason,
        newUtc,
        toleranceNanos,
        consensus,
        later(voteAgeNanos, laterNanos),
        newTrust.isTrusted() ? later(trustLeftNanos, -laterNanos) : OptionalLong.empty(),
        slewAllowancePpm,
        isSlewAllowanceAssumed,
        frequency,
        newBudget,
        systemClock,
        causes,
        kernel,
        pauses,
        sampleStatistics,
        feeds,
        host.at(monoNanos),
        configuredServerCount,
        sources,
        observationAgeNanos + laterNanos,
        newStalled,
        newClosed);
  }

  private static OptionalLong later(OptionalLong value, long laterNanos) {
    return value.isPresent() ? OptionalLong.of(Math.max(0, value.getAsLong() + laterNanos)) : value;
  }
}
