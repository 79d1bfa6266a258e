package com.ibstream.clocksync.system;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Tells when the ruler begins to be slewed otherwise than before, or stops. Small adjustments, of
 * which a time service makes many, are not told. Monitor thread only.
 */
public final class SlewWatch {

  /** More than a time service changes the frequency by while all is well. */
  private static final double LEAST_CHANGE_PPM = 20;

  /** A slew known less exactly than this is not told yet. */
  private static final double MOST_ERROR_PPM = 10;

  private OptionalDouble toldPpm = OptionalDouble.empty();

  /** A watch that has seen nothing. */
  public SlewWatch() {}

  /**
   * A change.
   *
   * @param fromPpm how much faster than the raw clock the ruler ran before
   * @param toPpm how much faster it runs now
   */
  public record Change(double fromPpm, double toPpm) {}

  /**
   * Looks.
   *
   * @param mapping ruler and raw clock as they stand
   * @return what changed since the last change told; empty at first
   */
  public Optional<Change> look(RawMapping mapping) {
    boolean isKnown = mapping.isSettled() && mapping.slewErrorPpm() <= MOST_ERROR_PPM;
    if (!isKnown) {
      return Optional.empty();
    }
    double nowPpm = mapping.slewPpm();
    Optional<Change> change =
        toldPpm.isPresent() && Math.abs(nowPpm - toldPpm.getAsDouble()) > LEAST_CHANGE_PPM
            ? Optional.of(new Change(toldPpm.getAsDouble(), nowPpm))
            : Optional.empty();
    if (toldPpm.isEmpty() || change.isPresent()) {
      toldPpm = OptionalDouble.of(nowPpm);
    }
    return change;
  }
}
