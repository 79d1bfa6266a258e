package com.ibstream.clocksync.health.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Sends a text as UTF-8 piece by piece: many clients may wait for the same long text, and none of
 * them is worth a copy of it. Stateless.
 */
final class BodyWriter {

  private static final int PIECE = 8_192;

  private BodyWriter() {}

  /** How many bytes {@link #write} sends. */
  static long length(String text) {
    long length = 0;
    for (int from = 0; from < text.length(); from = end(text, from)) {
      length += bytes(text, from).length;
    }
    return length;
  }

  static void write(String text, OutputStream out) throws IOException {
    for (int from = 0; from < text.length(); from = end(text, from)) {
      out.write(bytes(text, from));
    }
  }

  private static byte[] bytes(String text, int from) {
    return text.substring(from, end(text, from)).getBytes(StandardCharsets.UTF_8);
  }

  /** Where a piece ends: not within a character. */
  private static int end(String text, int from) {
    int end = Math.min(text.length(), from + PIECE);
    return end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end + 1 : end;
  }
}
