package com.ibstream.clocksync;

import java.util.List;

/**
 * How many exchanges have ended.
 *
 * @param awaitedCount names whose first lookup is under way
 * @param finishedCounts per address; {@link Long#MAX_VALUE} for one that will not be asked again
 */
record PoolTally(int awaitedCount, List<Long> finishedCounts) {

  PoolTally {
    finishedCounts = List.copyOf(finishedCounts);
  }

  /** How many exchanges are done if so many are wanted with each address. */
  int doneCount(int wanted) {
    return finishedCounts.stream().mapToInt(finished -> (int) Math.min(wanted, finished)).sum();
  }

  /** How many there are in all; every name that is looked up counts as one address. */
  int totalCount(int wanted) {
    return (finishedCounts.size() + awaitedCount) * wanted;
  }
}
