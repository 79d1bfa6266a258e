package com.ibstream.clocksync.examples.trading;

import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustLevel;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes stamped ticks as JSON Lines in the service's v3 format: {@code ts} is the exchange's time
 * and {@code st} our stamp, both in microseconds since 1970 UTC. Two keys are added, which v3
 * readers ignore: {@code eb_ns}, the error bound of the stamp in nanoseconds, and {@code tl}, its
 * trust level. SINGLE THREAD.
 */
final class TickFile implements AutoCloseable {

  private static final long CONTRACT_ID = 711_280_073L;
  private static final long NANOS_PER_MICRO = 1_000L;
  private static final int LINE_CHARS = 256;

  private final Writer out;
  private final StringBuilder line = new StringBuilder(LINE_CHARS);

  private TickFile(Writer out) {
    this.out = out;
  }

  /** Creates the file, or empties it. */
  static TickFile create(Path file) throws IOException {
    return new TickFile(Files.newBufferedWriter(file, StandardCharsets.US_ASCII));
  }

  /** Appends one tick with its stamp, which must be trusted. */
  void append(Tick tick, Reading stamp) throws IOException {
    if (!stamp.isTrusted()) {
      throw new IllegalArgumentException("a tick must not be stamped with " + stamp);
    }
    line.setLength(0);
    line.append("{\"ts\":").append(tick.exchangeEpochMicros());
    line.append(",\"st\":").append(Math.floorDiv(stamp.epochNanos(), NANOS_PER_MICRO));
    line.append(",\"cid\":").append(CONTRACT_ID);
    if (tick.type() == Tick.Type.LAST) {
      line.append(",\"tt\":\"last\",\"rid\":").append(tick.requestId());
      line.append(",\"p\":").append(tick.first()).append(",\"s\":").append(tick.firstSize());
    } else {
      line.append(",\"tt\":\"bid_ask\",\"rid\":").append(tick.requestId());
      line.append(",\"bp\":").append(tick.first()).append(",\"bs\":").append(tick.firstSize());
      line.append(",\"ap\":").append(tick.second()).append(",\"as\":").append(tick.secondSize());
    }
    line.append(",\"eb_ns\":").append(stamp.errorBoundNanos());
    line.append(",\"tl\":\"")
        .append(stamp.trust() == TrustLevel.TRUSTED ? "trusted" : "holdover")
        .append("\"}\n");
    out.append(line);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
