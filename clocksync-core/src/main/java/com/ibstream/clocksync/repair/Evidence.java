package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What a status proves of the present. What is old proves nothing. */
record Evidence(ClockStatus status) {

  /** Some looks of the monitor, which come every 200 ms. */
  private static final long CLOCK_AGE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** What chronyd reports of a clock that is right is less. */
  private static final long LEAST_KNOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Some looks at the service, whose tools may be slow. */
  private static final long SERVICE_AGE_NANOS = TimeUnit.MINUTES.toNanos(1);

  long nowMonoNanos() {
    return status.asOfMonoNanos();
  }

  Optional<ServiceFacts> service() {
    return status
        .host()
        .service()
        .filter(facts -> nowMonoNanos() - facts.measuredMonoNanos() <= SERVICE_AGE_NANOS);
  }

  /** The system clock, as it was just compared with a line that is trusted at least in holdover. */
  Optional<SystemClockFacts> clock() {
    return status
        .systemClock()
        .filter(
            facts ->
                status.isSafeToStamp()
                    && nowMonoNanos() - facts.measuredMonoNanos() <= CLOCK_AGE_NANOS);
  }

  OptionalLong offsetNanos() {
    return clock().map(facts -> OptionalLong.of(facts.offsetNanos())).orElse(OptionalLong.empty());
  }

  /** Trust is taken away by a jump until a vote has confirmed it, so this vote is younger. */
  boolean hasFreshVote() {
    return status.trust() == TrustLevel.TRUSTED
        && status.isSafeToStamp()
        && status.consensus() != Consensus.NONE
        && status.voteAgeNanos().isPresent();
  }

  /** Whether neither the service nor we reach anybody. */
  boolean isNetworkGone(ServiceFacts service) {
    boolean isAnyHeard =
        status.sources().stream()
            .anyMatch(
                source ->
                    source.state() != SourceState.UNREACHABLE
                        && source.state() != SourceState.WAITING);
    return !hasFreshVote()
        && (service.has(ServiceFacts.Finding.Kind.NO_SOURCE_REACHABLE) || !isAnyHeard);
  }

  /** What the service's own figure of the system clock's error is beside ours. */
  enum Account {
    /** It has the sign of ours and is as large, to a quarter. */
    AGREES,
    /** There is none, or it is so small as it is of a clock that is right. */
    UNAWARE,
    /** It is of another error. */
    CONTRADICTS
  }

  /**
   * A service steps by what it has measured itself, whatever we know. The figures of the others are
   * as old as their last poll, so only such as they would step by are held against the vote.
   */
  static Account account(ServiceFacts service, SystemClockFacts clock) {
    OptionalLong own =
        service.claim().map(ServiceFacts.Claim::offsetNanos).orElse(OptionalLong.empty());
    if (own.isEmpty()) {
      return Account.UNAWARE;
    }
    long differenceNanos = Math.abs(own.getAsLong() - clock.offsetNanos());
    if (differenceNanos <= Math.abs(clock.offsetNanos()) / 4) {
      return Account.AGREES;
    }
    long leastNanos =
        service
            .service()
            .filter(program -> program != TimeService.CHRONY)
            .map(TimeService::stepThresholdNanos)
            .orElse(LEAST_KNOWN_NANOS);
    return Math.abs(own.getAsLong()) < leastNanos ? Account.UNAWARE : Account.CONTRADICTS;
  }

  /** Whether the service may be told to correct the system clock by its own figure. */
  boolean isServiceAware() {
    return service()
        .filter(facts -> facts.unit().filter(ServiceFacts.Unit::isActive).isPresent())
        .flatMap(facts -> clock().map(clock -> account(facts, clock)))
        .filter(Account.AGREES::equals)
        .isPresent();
  }

  /** Whether a fresh vote finds the system clock right. */
  boolean isRight(RepairPolicy policy) {
    return hasFreshVote()
        && clock()
            .filter(facts -> facts.systemClockBoundNanos() <= policy.offsetThresholdNanos())
            .isPresent();
  }

  /**
   * Its claim is disputed, by some milliseconds or by the kernel's flag, and the clock is right.
   */
  boolean isDisputeAboutLittle(ServiceFacts service, RepairPolicy policy) {
    return service.state() == ServiceFacts.State.DISPUTED && isRight(policy);
  }

  /** The trusted time, for those who outlive the ruler. */
  OptionalLong utcEpochNanos() {
    return status.isSafeToStamp()
        ? status.utc().map(utc -> OptionalLong.of(utc.epochNanos())).orElse(OptionalLong.empty())
        : OptionalLong.empty();
  }

  /**
   * Its only fault is the kernel's flag, which chronyd without {@code rtcsync} never clears: a
   * restart would change nothing.
   */
  static boolean isDisputeOfTheFlagOnly(ServiceFacts service) {
    return service.state() == ServiceFacts.State.DISPUTED
        && service.service().equals(Optional.of(TimeService.CHRONY))
        && service.has(ServiceFacts.Finding.Kind.KERNEL_UNSYNCHRONISED)
        && !service.has(ServiceFacts.Finding.Kind.VOTE_DISAGREES)
        && !service.has(ServiceFacts.Finding.Kind.CLOCK_OFF_BY_OWN_REPORT)
        && !service.has(ServiceFacts.Finding.Kind.REFERENCE_STALE)
        && !service.has(ServiceFacts.Finding.Kind.NO_SOURCE_REACHABLE);
  }

  static boolean isDown(ServiceFacts service) {
    return service.state() == ServiceFacts.State.FAILED
        || service.state() == ServiceFacts.State.INACTIVE;
  }

  static boolean isUnsynchronised(ServiceFacts service) {
    return service.state() == ServiceFacts.State.UNSYNCHRONISED
        || service.state() == ServiceFacts.State.DISPUTED;
  }

  /** It runs, and its tool gets no word from it, which also one that hangs looks like. */
  static boolean isSilent(ServiceFacts service) {
    return service.state() == ServiceFacts.State.UNKNOWN
        && service.claim().isEmpty()
        && service.has(ServiceFacts.Finding.Kind.TOOL_SILENT)
        && service.unit().filter(ServiceFacts.Unit::isActive).isPresent();
  }

  /** It runs, well or not, and does not just start. */
  static boolean isRunning(ServiceFacts service) {
    return service.state() == ServiceFacts.State.SYNCHRONISED || isUnsynchronised(service);
  }

  static String text(SystemClockFacts clock) {
    return "the system clock is "
        + (clock.offsetNanos() < 0 ? "ahead by " : "behind by ")
        + millis(Math.abs(clock.offsetNanos()))
        + ", known to "
        + millis(clock.errorBoundNanos());
  }

  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  static String seconds(long nanos) {
    return Duration.ofNanos(nanos).toSeconds() + " s";
  }
}
