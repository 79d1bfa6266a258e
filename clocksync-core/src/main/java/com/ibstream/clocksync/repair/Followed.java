package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.Claim;
import com.ibstream.clocksync.facts.ServiceFacts.Unit;
import java.util.Optional;

/**
 * The time that a service followed by its own words, when it last said anything of it. Started
 * anew, it goes to the same servers and steps the clock to them: what it knows and not what we know
 * tells how far.
 *
 * @param unit whose words
 * @param offsetNanos how far the system clock was from that time; positive = the clock is behind
 * @param account what that figure was beside the vote's at that time; empty if there was no vote
 */
record Followed(String unit, long offsetNanos, Optional<Evidence.Account> account) {

  /** What holds after another look, which may tell nothing. */
  static Optional<Followed> next(Optional<Followed> before, Evidence evidence) {
    return evidence.service().flatMap(facts -> of(facts, evidence)).or(() -> before);
  }

  /** A service that has measured nothing yet says zero. */
  private static Optional<Followed> of(ServiceFacts facts, Evidence evidence) {
    Optional<Claim> claim = facts.claim().filter(said -> said.offsetNanos().isPresent());
    Optional<Unit> unit = facts.unit().filter(Unit::isActive);
    if (claim.isEmpty() || unit.isEmpty()) {
      return Optional.empty();
    }
    long offsetNanos = claim.get().offsetNanos().getAsLong();
    Followed followed =
        new Followed(
            unit.get().name(),
            offsetNanos,
            evidence.clock().map(clock -> Evidence.account(facts, clock)));
    return claim.get().isSynchronised() || followed.isStep(unit.get())
        ? Optional.of(followed)
        : Optional.empty();
  }

  /** Whether it was another time than the vote's. */
  boolean isOther() {
    return account.equals(Optional.of(Evidence.Account.CONTRADICTS));
  }

  /** Whether the vote knew the same of the clock, so that what is right by the vote is so by it. */
  boolean isAgreed() {
    return account.equals(Optional.of(Evidence.Account.AGREES));
  }

  /** Whether a service would step the clock by so much when it is started. */
  boolean isStep(Unit of) {
    return Math.abs(offsetNanos) >= of.service().stepThresholdNanos();
  }
}
