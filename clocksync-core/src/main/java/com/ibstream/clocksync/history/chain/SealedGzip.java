package com.ibstream.clocksync.history.chain;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/**
 * A compressed file that any gzip can read, and in which no byte can change unnoticed. Gzip itself
 * has bits that mean nothing; so a second member follows the first, empty, with the SHA-256 of the
 * first as its comment.
 */
final class SealedGzip {

  private static final int BUFFER = 1 << 16;
  private static final int HASH_LENGTH = 64;

  /** RFC 1952: magic, deflate, flag of a comment, no time, no extra flags, unknown system. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 16, 0, 0, 0, 0, 0, (byte) 255};

  private static final String LABEL = "sha256:";

  /** The end of the comment, an empty last block, and the CRC and size of nothing. */
  private static final byte[] TRAILER = {0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  private static final int SEAL_LENGTH =
      HEADER.length + LABEL.length() + HASH_LENGTH + TRAILER.length;

  private SealedGzip() {}

  /**
   * Compresses a file into another.
   *
   * @throws IOException if either cannot be done; what was written is then to be deleted
   */
  static void compress(Path from, Path to) throws IOException {
    Hasher hasher = Hashing.sha256().newHasher();
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(to), BUFFER)) {
      OutputStream hashing =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              hasher.putBytes(bytes, offset, length);
              file.write(bytes, offset, length);
            }
          };
      GZIPOutputStream gzip = new GZIPOutputStream(hashing, BUFFER);
      Files.copy(from, gzip);
      gzip.finish();
      file.write(seal(hasher.hash().toString()));
    }
    try (RandomAccessFile written = new RandomAccessFile(to.toFile(), "rw")) {
      written.getFD().sync();
    }
  }

  /**
   * Whether every byte is as it was written.
   *
   * @throws IOException if the file cannot be read
   */
  static boolean isIntact(Path file) throws IOException {
    long left = Files.size(file) - SEAL_LENGTH;
    if (left < 0) {
      return false;
    }
    Hasher hasher = Hashing.sha256().newHasher();
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      while (left > 0) {
        int length = bytes.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (length < 0) {
          return false;
        }
        hasher.putBytes(buffer, 0, length);
        left -= length;
      }
      return Arrays.equals(bytes.readNBytes(SEAL_LENGTH + 1), seal(hasher.hash().toString()));
    }
  }

  private static byte[] seal(String hash) {
    byte[] comment = (LABEL + hash).getBytes(StandardCharsets.US_ASCII);
    byte[] seal = Arrays.copyOf(HEADER, SEAL_LENGTH);
    System.arraycopy(comment, 0, seal, HEADER.length, comment.length);
    System.arraycopy(TRAILER, 0, seal, HEADER.length + comment.length, TRAILER.length);
    return seal;
  }
}
