package com.ibstream.clocksync.history.chain;

import java.util.List;
import java.util.Optional;

/**
 * What became of a chain. Immutable.
 *
 * @param fileCount how many files were read
 * @param recordCount how many records are in order, before the first break
 * @param firstBreak the first place where it is not as it was written; empty if there is none
 * @param lastHash the hash of the newest of them
 * @param notes what is worth knowing and no break
 */
public record ChainVerdict(
    int fileCount,
    long recordCount,
    Optional<Break> firstBreak,
    String lastHash,
    List<String> notes) {

  /** Copies the list. */
  public ChainVerdict {
    notes = List.copyOf(notes);
  }

  /**
   * A place where the chain is broken.
   *
   * @param file the name of the file
   * @param line which line of it, from 1; 0 for the file as a whole
   * @param reason what is wrong there
   */
  public record Break(String file, long line, String reason) {

    /**
     * The place with the reason.
     *
     * @return one clause
     */
    public String text() {
      return file + (line > 0 ? " line " + line : "") + ": " + reason;
    }
  }

  /**
   * Whether every record is as it was written and none is missing, up to the newest.
   *
   * @return true if there is no break
   */
  public boolean isIntact() {
    return firstBreak.isEmpty();
  }
}
