package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.examples.requalify.Requalifier;
import com.ibstream.clocksync.history.stamps.StampQualifier;

/** With which clock something was stamped. */
enum StampingClock {
  /** The operating system's: any program that asks it for the time. */
  SYSTEM {
    @Override
    Requalifier.Judge of(StampQualifier qualifier) {
      return qualifier::qualifySystemClock;
    }
  },
  /** Ours: a program that asked the trusted clock. */
  TRUSTED {
    @Override
    Requalifier.Judge of(StampQualifier qualifier) {
      return (stamp, notBefore, notAfter) -> qualifier.qualifyTrustedClock(stamp);
    }
  };

  abstract Requalifier.Judge of(StampQualifier qualifier);
}
