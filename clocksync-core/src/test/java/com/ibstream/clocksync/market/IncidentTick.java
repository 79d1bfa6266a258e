package com.ibstream.clocksync.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A documented record of the real incident: when the host's clock stamped it, and IB's stamp.
 *
 * @param hostEpochNanos by the host's own clock, nanoseconds since 1970
 * @param ibEpochNanos by IB, cut to whole seconds
 */
public record IncidentTick(long hostEpochNanos, long ibEpochNanos) {

  private static final long SECOND = 1_000_000_000L;

  /** Both that are known, as they were written. */
  public static List<IncidentTick> all() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                IncidentTick.class.getResourceAsStream("/market/incident-37s.txt"),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).map(IncidentTick::of).toList();
    }
  }

  private static IncidentTick of(String line) {
    String[] words = line.split(" ", -1);
    Instant host = Instant.parse(words[0]);
    return new IncidentTick(
        host.getEpochSecond() * SECOND + host.getNano(), Long.parseLong(words[1]) * SECOND);
  }
}
