package com.ibstream.clocksync.examples.races;

/** What a reader has seen in some reads, one after the other. */
enum Seen {
  NOTHING,
  OLD,
  OLD_THEN_NEW,
  NEW,
  NEW_THEN_OLD,
  HALVES;

  /**
   * What was seen so far and in one read more.
   *
   * @param isOld whether all of it is what was there before
   * @param isNew whether all of it is what the other thread writes
   */
  Seen then(boolean isOld, boolean isNew) {
    if (this == HALVES || isOld == isNew) {
      return HALVES;
    }
    return switch (this) {
      case NOTHING -> isOld ? OLD : NEW;
      case OLD -> isOld ? OLD : OLD_THEN_NEW;
      default -> isOld ? NEW_THEN_OLD : this;
    };
  }
}
