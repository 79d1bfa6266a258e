package com.ibstream.clocksync.system;

import com.ibstream.clocksync.seam.KernelClocks;
import com.ibstream.clocksync.seam.KernelClocks.KernelReading;
import com.ibstream.clocksync.seam.SteadyClock;
import com.ibstream.clocksync.time.Ruler;
import java.util.Optional;

/**
 * CLOCK_MONOTONIC_RAW beside the ruler, with the slew between them; the ruler itself on a host
 * whose kernel cannot be asked. Monitor thread only.
 *
 * <p>The slew is measured over as long a stretch as it has been constant. It has changed when the
 * raw clock is found where it was not expected.
 */
public final class RawClock implements SteadyClock {

  /** How far the raw clock may be from where it was expected until the slew counts as changed. */
  private static final long CHANGE_NANOS = 1_000;

  /** A slew measured over less than this says more of the readings than of the slew. */
  private static final double LEAST_BASELINE_NANOS = 5_000_000;

  private static final int ATTEMPTS = 3;
  private static final long NARROW_NANOS = 500;

  /**
   * What the kernel may slew by, at the most: a tenth through the tick, 500 ppm through the rate.
   */
  public static final double FASTEST_SLEW_PPM = 100_500;

  private static final double PPM = 1e-6;

  private final Ruler ruler;
  private final KernelClocks kernel;
  private final boolean isWatched;
  private final long awakeNanos;
  private RawMapping anchor;
  private RawMapping latest;

  /**
   * Asks the kernel once; if it does not answer it is not asked again.
   *
   * @param ruler the ruler
   * @param kernel the kernel's clocks
   */
  public RawClock(Ruler ruler, KernelClocks kernel) {
    this.ruler = ruler;
    this.kernel = kernel;
    Optional<KernelReading> first = read();
    this.isWatched = first.isPresent();
    this.awakeNanos = first.map(reading -> reading.bootNanos() - reading.monoNanos()).orElse(0L);
    this.latest = first.map(reading -> mapping(reading, 0, 0, false)).orElseGet(this::ruler);
    this.anchor = latest;
  }

  /**
   * Whether the raw clock is seen, so that slews are noticed.
   *
   * @return false where the ruler is taken for it
   */
  public boolean isWatched() {
    return isWatched;
  }

  /**
   * Looks at both clocks.
   *
   * @return how they stand now; where the kernel does not answer what was known before, carried on
   *     and as vague as the fastest slew makes it
   */
  public RawMapping look() {
    if (!isWatched) {
      return ruler();
    }
    Optional<KernelReading> reading = read();
    if (reading.isEmpty()) {
      return carriedOn(ruler.monoNanos());
    }
    follow(reading.get());
    return latest;
  }

  private void follow(KernelReading reading) {
    RawMapping next = mapping(reading, latest.slewPpm(), latest.slewErrorPpm(), true);
    long unexpectedNanos = next.rawNanos() - latest.rawNanosAt(next.monoNanos());
    long allowedNanos = CHANGE_NANOS + next.halfWidthNanos() + latest.halfWidthNanos();
    boolean isSettled = Math.abs(unexpectedNanos) <= allowedNanos;
    if (!isSettled) {
      anchor = latest;
    }
    double rawNanos = next.rawNanos() - anchor.rawNanos();
    double gainedNanos = next.monoNanos() - anchor.monoNanos() - rawNanos;
    double errorPpm =
        (next.halfWidthNanos() + anchor.halfWidthNanos()) / (Math.max(1, rawNanos) * PPM);
    double slewPpm = gainedNanos / (Math.max(1, rawNanos) * PPM);
    boolean isMeasured =
        rawNanos >= LEAST_BASELINE_NANOS
            && errorPpm < FASTEST_SLEW_PPM
            && Math.abs(slewPpm) <= FASTEST_SLEW_PPM;
    latest =
        isMeasured
            ? mapping(reading, slewPpm, errorPpm, isSettled)
            : mapping(reading, latest.slewPpm(), latest.slewErrorPpm(), false);
  }

  private RawMapping carriedOn(long monoNanos) {
    long vagueNanos = (long) Math.ceil((monoNanos - latest.monoNanos()) * (FASTEST_SLEW_PPM * PPM));
    return new RawMapping(
        monoNanos,
        latest.rawNanosAt(monoNanos),
        latest.halfWidthNanos() + vagueNanos,
        latest.slewPpm(),
        latest.slewErrorPpm(),
        false,
        latest.monoNanos(),
        latest.asleepNanos());
  }

  @Override
  public Stamp at(long monoNanos) {
    if (!isWatched) {
      return new Stamp(monoNanos, 0);
    }
    RawMapping near =
        read()
            .map(reading -> mapping(reading, latest.slewPpm(), latest.slewErrorPpm(), true))
            .orElse(latest);
    double distanceNanos = Math.abs((double) (monoNanos - near.monoNanos()));
    long slewedNanos = (long) Math.ceil(distanceNanos * (FASTEST_SLEW_PPM * PPM));
    return new Stamp(near.rawNanosAt(monoNanos), near.halfWidthNanos() + slewedNanos);
  }

  /** The narrowest of a few readings: being put to sleep in the middle of one does no harm. */
  private Optional<KernelReading> read() {
    Optional<KernelReading> best = Optional.empty();
    try {
      for (int i = 0; i < ATTEMPTS; i++) {
        Optional<KernelReading> next = kernel.read();
        if (next.isPresent()
            && (best.isEmpty() || next.get().widthNanos() < best.get().widthNanos())) {
          best = next;
        }
        if (best.isEmpty() || best.get().widthNanos() <= NARROW_NANOS) {
          return best;
        }
      }
    } catch (RuntimeException e) { // somebody else's kernel: it does not answer
      return Optional.empty();
    }
    return best;
  }

  private RawMapping mapping(
      KernelReading reading, double slewPpm, double slewErrorPpm, boolean isSettled) {
    return new RawMapping(
        reading.monoNanos(),
        reading.rawNanos(),
        reading.widthNanos() - reading.widthNanos() / 2,
        slewPpm,
        slewErrorPpm,
        isSettled,
        reading.monoNanos(),
        reading.bootNanos() - reading.monoNanos() - awakeNanos);
  }

  private RawMapping ruler() {
    long monoNanos = ruler.monoNanos();
    return new RawMapping(monoNanos, monoNanos, 0, 0, 0, true, monoNanos, 0);
  }
}
