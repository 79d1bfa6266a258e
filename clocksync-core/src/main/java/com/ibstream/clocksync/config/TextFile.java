package com.ibstream.clocksync.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a whole configuration file. */
final class TextFile {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextFile() {}

  /**
   * Reads UTF-8, without a byte order mark.
   *
   * @throws IllegalArgumentException if it cannot be read; the message names the file and why
   */
  static String read(Path path) {
    try {
      String text = Files.readString(path);
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (NoSuchFileException missing) {
      throw unreadable(path, "there is no such file", missing);
    } catch (CharacterCodingException notText) {
      throw unreadable(path, "it is not UTF-8 text", notText);
    } catch (IOException failed) {
      throw unreadable(path, failed.toString(), failed);
    }
  }

  private static IllegalArgumentException unreadable(Path path, String why, IOException cause) {
    return new IllegalArgumentException(
        "cannot read the configuration file " + path + ": " + why, cause);
  }
}
