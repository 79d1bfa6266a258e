package com.ibstream.clocksync.history.chain;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into lines without copying more than it must. NOT safe for threads. */
public final class LineScanner {

  /** Far longer than anything that is written; what is longer is no record. */
  static final int MOST_BYTES = 1 << 20;

  private static final int FIRST_ROOM = 1 << 16;

  private final InputStream stream;
  private byte[] buffer = new byte[FIRST_ROOM];
  private int filled;
  private int start;
  private int length;
  private int next;
  private boolean isTerminated;
  private long endPosition;

  /**
   * A scanner at the beginning.
   *
   * @param stream read as a whole; not closed
   */
  public LineScanner(InputStream stream) {
    this.stream = stream;
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end
   * @throws IOException if the stream cannot be read, or a line is longer than any record
   */
  public boolean next() throws IOException {
    start = next;
    int at = start;
    while (true) {
      for (; at < filled; at++) {
        if (buffer[at] == '\n') {
          take(at, true);
          return true;
        }
      }
      at -= makeRoom();
      int read = stream.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        if (filled == start) {
          length = 0;
          return false;
        }
        take(filled, false);
        return true;
      }
      filled += read;
    }
  }

  private void take(int end, boolean hasLineFeed) {
    length = end - start;
    isTerminated = hasLineFeed;
    next = hasLineFeed ? end + 1 : end;
    endPosition += next - start;
  }

  /** Moves what is left to the front. Gives how far it was moved. */
  private int makeRoom() throws IOException {
    int moved = start;
    if (moved > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= moved;
      start = 0;
    }
    if (filled == buffer.length) {
      if (filled >= MOST_BYTES) {
        throw new IOException("a line is longer than " + MOST_BYTES + " bytes");
      }
      buffer = Arrays.copyOf(buffer, 2 * filled);
    }
    return moved;
  }

  /**
   * The buffer that holds the line, valid until the next is asked for.
   *
   * @return not to be changed
   */
  public byte[] bytes() {
    return buffer;
  }

  /** Where in the buffer the line begins. */
  public int start() {
    return start;
  }

  /** How long it is, without its line feed. */
  public int length() {
    return length;
  }

  /** The line as an array of its own, without its line feed. */
  byte[] line() {
    return Arrays.copyOfRange(buffer, start, start + length);
  }

  /**
   * Whether it ends with a line feed: the last of a file may not.
   *
   * @return true for a whole line
   */
  public boolean isTerminated() {
    return isTerminated;
  }

  /** Where in the stream the line ends, with its line feed. */
  long endPosition() {
    return endPosition;
  }
}
