package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A memory that lasts as long as the test, and fails where the test says so. */
final class HeldMemory implements RepairMemory {

  final List<Attempt> attempts = new ArrayList<>();
  Optional<String> refusal = Optional.empty();
  Optional<String> problem = Optional.empty();
  Optional<String> unwritable = Optional.empty();
  int claims;

  @Override
  public Optional<String> claim() {
    claims++;
    return refusal;
  }

  @Override
  public Recall recall(long nowMonoNanos, OptionalLong utcEpochNanos) {
    return new Recall(attempts, problem);
  }

  @Override
  public Optional<String> remember(Attempt attempt, OptionalLong utcEpochNanos) {
    if (unwritable.isEmpty()) {
      attempts.removeIf(known -> PastAttempts.isSame(known, attempt));
      attempts.add(attempt);
    }
    return unwritable;
  }
}
