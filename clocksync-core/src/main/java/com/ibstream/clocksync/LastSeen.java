package com.ibstream.clocksync;

import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.time.TrustedClock;
import com.ibstream.clocksync.verdict.HostClockEvent.StampsWithdrawn;
import java.util.Optional;

/**
 * What the trusted clock told when its ruler was last seen, and whether anybody could trust it
 * since. Should the ruler turn out to have been wrong, that is what has to be taken back.
 * Immutable.
 *
 * @param monoNanos when the kernel last answered, on the ruler
 * @param epochNanos no later than any stamp given out since, nanoseconds since 1970
 * @param wasTrusted whether the clock was trusted then, or at a look since
 */
record LastSeen(long monoNanos, long epochNanos, boolean wasTrusted) {

  /**
   * The same after another look, which saw nothing where the kernel did not answer.
   *
   * @param look has been acted upon
   * @param clock as it is now
   */
  static LastSeen after(OwnClocks.Look look, TrustedClock clock, Optional<LastSeen> before) {
    Reading now = clock.read(new Reading());
    if (before.isPresent() && !look.mapping().isAnswered()) {
      LastSeen last = before.get();
      return new LastSeen(last.monoNanos, last.epochNanos, last.wasTrusted || now.isTrusted());
    }
    long monoNanos = look.mapping().monoNanos();
    Reading then = clock.line().readAt(monoNanos, new Reading());
    boolean wasTold = then.epochNanos() != TrustedClock.NO_TIME;
    // The first line of all began since: no line runs twice as fast as the ruler.
    long firstEpochNanos = now.epochNanos() - 2 * (now.monoNanos() - monoNanos);
    return new LastSeen(monoNanos, wasTold ? then.epochNanos() : firstEpochNanos, now.isTrusted());
  }

  /**
   * Takes back what was told since.
   *
   * @param wasTrusted whether the clock was still trusted when the next look came
   * @param now what it tells, which is no longer trusted
   * @return empty if nobody could trust it
   */
  Optional<StampsWithdrawn> withdrawn(boolean wasTrusted, Reading now, TrustReason reason) {
    return wasTrusted || this.wasTrusted
        ? Optional.of(
            new StampsWithdrawn(now.monoNanos(), monoNanos, epochNanos, now.epochNanos(), reason))
        : Optional.empty();
  }
}
