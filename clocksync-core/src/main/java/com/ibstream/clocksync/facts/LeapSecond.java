package com.ibstream.clocksync.facts;

/** What the kernel of this host says of a leap second. */
public enum LeapSecond {
  /** None is announced. */
  NONE,
  /** One is to be inserted at the end of the UTC day. */
  INSERT,
  /** One is to be left out at the end of the UTC day. */
  DELETE,
  /** One is being inserted now. */
  IN_PROGRESS,
  /** One was inserted or left out, and the announcement still stands. */
  DONE
}
