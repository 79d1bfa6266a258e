package com.ibstream.clocksync;

import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.time.TrustedClock;
import com.ibstream.clocksync.verdict.HostClockEvent.StampsWithdrawn;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the trusted clock told when its ruler was last seen, and whether anybody could trust it
 * since. Should the ruler turn out to have been wrong, that is what has to be taken back.
 * Immutable.
 *
 * @param monoNanos when the kernel last answered, on the ruler
 * @param epochNanos no later than any stamp given out since, nanoseconds since 1970; empty while
 *     there is no time to give
 * @param wasTrusted whether the clock was trusted then or since, or will be by a line that is about
 *     to take over
 */
record LastSeen(long monoNanos, OptionalLong epochNanos, boolean wasTrusted) {

  /**
   * The same after another look, which saw nothing where the kernel did not answer.
   *
   * @param look has been acted upon
   * @param clock as it is now
   */
  static LastSeen after(OwnClocks.Look look, TrustedClock clock, Optional<LastSeen> before) {
    Reading now = clock.read(new Reading());
    boolean isTrusted = clock.line().isTrustedFrom(now.monoNanos());
    if (before.isPresent() && !look.mapping().isAnswered()) {
      LastSeen last = before.get();
      return new LastSeen(
          last.monoNanos,
          last.epochNanos.isPresent() ? last.epochNanos : first(now, last.monoNanos),
          last.wasTrusted || isTrusted);
    }
    long monoNanos = look.mapping().monoNanos();
    OptionalLong then = told(clock.line().readAt(monoNanos, new Reading()));
    OptionalLong earlier = before.map(LastSeen::epochNanos).orElse(OptionalLong.empty());
    OptionalLong known = then.isPresent() ? then : earlier;
    return new LastSeen(monoNanos, known.isPresent() ? known : first(now, monoNanos), isTrusted);
  }

  private static OptionalLong told(Reading reading) {
    return reading.epochNanos() == TrustedClock.NO_TIME
        ? OptionalLong.empty()
        : OptionalLong.of(reading.epochNanos());
  }

  /** The first line of all began after that instant, and runs not twice as fast as the ruler. */
  private static OptionalLong first(Reading now, long monoNanos) {
    OptionalLong told = told(now);
    return told.isPresent()
        ? OptionalLong.of(told.getAsLong() - 2 * (now.monoNanos() - monoNanos))
        : told;
  }

  /**
   * Takes back what was told since.
   *
   * @param wasStillTrusted whether the clock was trusted when the next look came
   * @param now what it tells, which is no longer trusted
   * @return empty if nobody could trust it
   */
  Optional<StampsWithdrawn> withdrawn(boolean wasStillTrusted, Reading now, TrustReason reason) {
    return epochNanos.isPresent() && (wasTrusted || wasStillTrusted)
        ? Optional.of(
            new StampsWithdrawn(
                now.monoNanos(), monoNanos, epochNanos.getAsLong(), now.epochNanos(), reason))
        : Optional.empty();
  }

  /** The same when that was done: it need not be done again. */
  LastSeen takenBack() {
    return new LastSeen(monoNanos, epochNanos, false);
  }
}
