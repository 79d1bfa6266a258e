package com.ibstream.clocksync.verdict;

/**
 * A cause that an offset, or a jump, is consistent with: evidence, no proof. Immutable.
 *
 * <p>The sign is that of what was explained. Of an offset: reference minus local, positive = our
 * clock is behind. Of a jump: positive = the wall clock went forward.
 *
 * @param cause what it may come from
 * @param predictedNanos the exact size that this cause has, nanoseconds
 * @param residualNanos what is left: the offset or jump minus {@code predictedNanos}
 * @param errorBoundNanos how wrong the offset or jump may be, nanoseconds
 * @param text for people: part of a sentence, from "consistent with" to the bound
 */
public record Explanation(
    OffsetCause cause, long predictedNanos, long residualNanos, long errorBoundNanos, String text) {

  /**
   * Whether this cause alone is enough.
   *
   * @return true if the residual lies within the bound; false if it is only small against the size,
   *     so that something else, like drift, must have come on top
   */
  public boolean isConsistent() {
    return residualNanos >= -errorBoundNanos && residualNanos <= errorBoundNanos;
  }
}
