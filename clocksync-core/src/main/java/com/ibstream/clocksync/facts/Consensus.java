package com.ibstream.clocksync.facts;

/** What the vote among the servers said. */
public enum Consensus {
  /** A strict majority of the servers agrees. */
  MAJORITY,
  /** One server is configured, and it answered. */
  SINGLE_SOURCE,
  /** No majority, or nobody answered. */
  NONE
}
