package com.ibstream.clocksync.time;

/**
 * The trust a line carries: who vouches for it and until when.
 *
 * @param proved whether any vote stands behind it
 * @param withdrawn whether it is disputed, so that no bound makes it good
 * @param toleranceNanos the greatest error bound that is trusted
 * @param untilMonoNanos on the ruler, when the vote is too old for {@link TrustLevel#TRUSTED}
 * @param reason why it is trusted until then, or withdrawn
 * @param afterwards why it is not fully trusted after that
 */
record LineTrust(
    boolean proved,
    boolean withdrawn,
    long toleranceNanos,
    long untilMonoNanos,
    TrustReason reason,
    TrustReason afterwards) {

  LineTrust withdraw(TrustReason why) {
    return new LineTrust(proved, true, toleranceNanos, untilMonoNanos, why, why);
  }

  LineTrust heldOver(long sinceMonoNanos, TrustReason why) {
    long until = untilMonoNanos - sinceMonoNanos < 0 ? untilMonoNanos : sinceMonoNanos;
    return new LineTrust(
        proved, withdrawn, toleranceNanos, until, reason, withdrawn ? afterwards : why);
  }

  /** Whether the vote is not too old yet for {@link TrustLevel#TRUSTED}. */
  boolean isRecentAt(long monoNanos) {
    return monoNanos - untilMonoNanos < 0;
  }

  /** Writes level and reason of an instant at which the line is wrong by so much at the most. */
  void judge(long monoNanos, long boundNanos, Reading reading) {
    if (withdrawn) {
      reading.judge(TrustLevel.UNTRUSTED, reason);
    } else if (boundNanos > toleranceNanos) {
      reading.judge(TrustLevel.UNTRUSTED, TrustReason.BOUND_TOO_WIDE);
    } else if (isRecentAt(monoNanos)) {
      reading.judge(TrustLevel.TRUSTED, reason);
    } else {
      reading.judge(TrustLevel.HOLDOVER, afterwards);
    }
  }
}
