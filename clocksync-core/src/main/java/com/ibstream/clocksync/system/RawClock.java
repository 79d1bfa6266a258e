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

  private static final long NARROW_NANOS = 500;
  private static final int ATTEMPTS = 3;

  /** So many where none is usable: a reader that is interrupted all the time is lucky once. */
  private static final int MOST_ATTEMPTS = 50;

  /** A wider reading was interrupted, and says too little of the slew to count as one. */
  private static final long USABLE_NANOS = 50_000;

  /**
   * What a time service can make the kernel slew by: a tenth through the tick, 500 ppm through the
   * frequency. (The kernel's own loop could drain half a second faster than that, by an eighth,
   * with a time constant of 0, which no time service sets.)
   */
  public static final double FASTEST_SLEW_PPM = 100_500;

  private static final double PPM = 1e-6;

  private final Ruler ruler;
  private final KernelClocks kernel;
  private final boolean isWatched;
  private final long awakeNanos;

  /** How wide readings are that nobody interrupted; follows a clock that becomes slower to read. */
  private long usualNanos = USABLE_NANOS;

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
    Optional<KernelReading> first = read(USABLE_NANOS).filter(RawClock::isClockOfItsOwn);
    this.isWatched = first.isPresent();
    this.awakeNanos = first.map(reading -> reading.bootNanos() - reading.monoNanos()).orElse(0L);
    this.latest = first.map(reading -> mapping(reading, 0, 0, false)).orElseGet(this::ruler);
    this.anchor = latest;
  }

  /** Some systems show the ruler under the raw clock's name: that would hide every slew. */
  private static boolean isClockOfItsOwn(KernelReading reading) {
    return Math.abs(reading.rawNanos() - reading.monoNanos()) > reading.widthNanos();
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
    Optional<KernelReading> reading = read(Math.min(2 * usualNanos, USABLE_NANOS));
    if (reading.isEmpty()) {
      return carriedOn(ruler.monoNanos());
    }
    follow(reading.get());
    return latest;
  }

  private void follow(KernelReading reading) {
    usualNanos = Math.max(NARROW_NANOS, Math.min(reading.widthNanos(), 2 * usualNanos));
    RawMapping next = mapping(reading, latest.slewPpm(), latest.slewErrorPpm(), true);
    long unexpectedNanos = next.rawNanos() - latest.rawNanosAt(next.monoNanos());
    long allowedNanos = CHANGE_NANOS + next.halfWidthNanos() + latest.halfWidthNanos();
    double elapsedNanos = next.monoNanos() - latest.monoNanos();
    double partedNanos = elapsedNanos - (next.rawNanos() - latest.rawNanos());
    if (Math.abs(partedNanos) > allowedNanos + Math.abs(elapsedNanos) * (FASTEST_SLEW_PPM * PPM)) {
      anchor = mapping(reading, 0, 0, false);
      latest = anchor.torn();
      return;
    }
    boolean isExpected = Math.abs(unexpectedNanos) <= allowedNanos;
    if (!isExpected) {
      anchor = latest;
    }
    // A look that follows at once finds what it expects, however wrong that is.
    boolean isSettled = isExpected && (latest.isSettled() || elapsedNanos >= LEAST_BASELINE_NANOS);
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
        latest.asleepNanos(),
        false);
  }

  @Override
  public Stamp at(long monoNanos) {
    if (!isWatched) {
      return new Stamp(monoNanos, 0);
    }
    RawMapping near =
        read(USABLE_NANOS) // soon matters more than how exactly
            .map(reading -> mapping(reading, latest.slewPpm(), latest.slewErrorPpm(), true))
            .orElse(latest);
    double distanceNanos = Math.abs((double) (monoNanos - near.monoNanos()));
    long slewedNanos = (long) Math.ceil(distanceNanos * (FASTEST_SLEW_PPM * PPM));
    return new Stamp(near.rawNanosAt(monoNanos), near.halfWidthNanos() + slewedNanos);
  }

  /**
   * The narrowest of a few readings, of many where none is narrow enough: a reader that is put to
   * sleep in the middle of one must not make a slew of it.
   */
  private Optional<KernelReading> read(long enoughNanos) {
    try {
      Optional<KernelReading> best = kernel.read();
      for (int i = 1; best.isPresent() && isWorthAnother(best.get(), i, enoughNanos); i++) {
        best = Optional.of(narrower(best.get(), kernel.read()));
      }
      return best.filter(reading -> reading.widthNanos() <= USABLE_NANOS);
    } catch (RuntimeException e) { // somebody else's kernel: it does not answer
      return Optional.empty();
    }
  }

  private static boolean isWorthAnother(KernelReading best, int attempts, long enoughNanos) {
    return attempts < ATTEMPTS
        ? best.widthNanos() > NARROW_NANOS
        : attempts < MOST_ATTEMPTS && best.widthNanos() > enoughNanos;
  }

  private static KernelReading narrower(KernelReading best, Optional<KernelReading> next) {
    return next.filter(reading -> reading.widthNanos() < best.widthNanos()).orElse(best);
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
        reading.bootNanos() - reading.monoNanos() - awakeNanos,
        false);
  }

  private RawMapping ruler() {
    long monoNanos = ruler.monoNanos();
    return new RawMapping(monoNanos, monoNanos, 0, 0, 0, true, monoNanos, 0, false);
  }
}
