package com.ibstream.clocksync.history.chain;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where a file of the chain ends well. Immutable.
 *
 * @param last its last record that is as it was written, or what came before the file
 * @param goodBytes how long the file is up to the end of that record
 * @param recordCount how many records it has up to there
 * @param isTorn whether a line follows that was not finished, and no finished one
 * @param isDamaged whether finished lines follow that are no records
 */
record Tail(Link last, long goodBytes, long recordCount, boolean isTorn, boolean isDamaged) {

  /**
   * Reads a file to its end.
   *
   * @param before what comes before the file
   * @throws IOException if it cannot be read
   */
  static Tail of(DayFile file, Link before) throws IOException {
    Tail tail = new Tail(before, 0, 0, false, false);
    long count = 0;
    try (InputStream stream = file.open()) {
      LineScanner lines = new LineScanner(stream);
      while (lines.next()) {
        Link link = lines.isTerminated() ? Link.of(lines.line()).orElse(Link.NONE) : Link.NONE;
        if (link.number() >= 0) {
          count++;
          tail = new Tail(link, lines.endPosition(), count, false, false);
        } else {
          tail =
              new Tail(
                  tail.last,
                  tail.goodBytes,
                  tail.recordCount,
                  !tail.isDamaged && !lines.isTerminated(),
                  tail.isDamaged || lines.isTerminated());
        }
      }
    }
    return tail;
  }
}
