package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The drift of the last hours, in memory: an entry whenever somebody asks for one, the oldest are
 * dropped. What lasts is the history. Safe for threads.
 */
public final class DriftLog {

  /** A day of entries ten seconds apart. */
  public static final int MOST_ENTRIES = 8_640;

  private static final int NANO_DIGITS = 9;
  private static final double CAUTION_SECONDS = 1;
  private static final double WARNING_SECONDS = 5;
  private static final double CRITICAL_SECONDS = 30;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  /** Written when they are taken: an answer is long, and has only to be put together. */
  private final Deque<String> entries = new ArrayDeque<>();

  private Text latestText = new Text(-1, -1, "");
  private long takenCount;

  /** An empty log. */
  public DriftLog() {}

  /** The latest answer, which many may ask for at once. */
  private record Text(long takenCount, int limit, String text) {}

  /** What was known at an instant; offsets are UTC minus system clock. */
  private record Entry(
      OptionalLong utcEpochNanos,
      OptionalLong wallEpochNanos,
      OptionalLong offsetNanos,
      long boundNanos,
      String trust,
      Map<String, Long> offsets) {

    static Entry of(HealthSnapshot snapshot) {
      OptionalLong offset = snapshot.health().offsetNanos();
      Optional<ClockStatus> status = snapshot.status();
      Optional<SystemClockFacts> clock = status.flatMap(ClockStatus::systemClock);
      Optional<Long> utc =
          clock
              .map(known -> known.systemEpochNanos() + known.offsetNanos()) // of the same instant
              .or(() -> status.flatMap(ClockStatus::utc).map(ClockStatus.Utc::epochNanos))
              .filter(unused -> snapshot.isSafeToStamp());
      Map<String, Long> offsets = new LinkedHashMap<>();
      status.ifPresent(known -> known.sources().forEach(source -> add(offsets, source)));
      return new Entry(
          utc.map(OptionalLong::of).orElse(OptionalLong.empty()),
          clock
              .map(known -> OptionalLong.of(known.systemEpochNanos()))
              .orElse(OptionalLong.empty()),
          offset,
          clock.map(SystemClockFacts::errorBoundNanos).orElse(0L),
          status.map(known -> JsonValues.word(known.trust())).orElse("unknown"),
          offsets);
    }

    private static void add(Map<String, Long> offsets, SourceFacts source) {
      source
          .measurement()
          .ifPresent(
              found ->
                  offsets.put(
                      offsets.containsKey(source.server())
                          ? source.server() + " " + source.address()
                          : source.server(),
                      found.offsetNanos()));
    }

    /** In the keys of the existing service; those behind {@code status} are new. */
    ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("timestamp", time(utcEpochNanos));
      json.put("system_time", time(wallEpochNanos));
      ObjectNode sources = json.putObject("sources");
      long most = 0;
      for (Map.Entry<String, Long> source : offsets.entrySet()) {
        ObjectNode one = sources.putObject(source.getKey());
        long nanos = source.getValue();
        one.put("time", time(shifted(wallEpochNanos, nanos)));
        one.put("drift_seconds", seconds(nanos, 3).negate());
        most = Math.max(most, Math.abs(nanos));
      }
      json.put("max_drift", offsets.isEmpty() ? null : seconds(most, 6));
      json.put("status", word(most));
      if (offsetNanos.isPresent()) {
        json.set("drift_ms", JsonValues.driftMillis(offsetNanos.getAsLong()));
        json.set("error_bound_ms", JsonValues.millis(boundNanos));
      } else {
        json.putNull("drift_ms").putNull("error_bound_ms");
      }
      return json.put("trust", trust);
    }

    private static OptionalLong shifted(OptionalLong epochNanos, long nanos) {
      return epochNanos.isPresent() ? OptionalLong.of(epochNanos.getAsLong() + nanos) : epochNanos;
    }

    private static String time(OptionalLong epochNanos) {
      return epochNanos.isPresent() ? JsonValues.utc(epochNanos.getAsLong()) : null;
    }

    private static BigDecimal seconds(long nanos, int decimals) {
      return BigDecimal.valueOf(nanos, NANO_DIGITS).setScale(decimals, RoundingMode.HALF_EVEN);
    }

    /** The existing service's scale of whole seconds; without a trustworthy drift the worst. */
    private String word(long mostNanos) {
      double seconds = mostNanos / 1e9;
      if (offsetNanos.isEmpty() || offsets.isEmpty() || seconds >= CRITICAL_SECONDS) {
        return "critical";
      }
      return seconds < CAUTION_SECONDS ? "good" : seconds < WARNING_SECONDS ? "caution" : "warning";
    }
  }

  /**
   * Adds what is known now.
   *
   * @param snapshot the health of time with its status
   */
  public void take(HealthSnapshot snapshot) {
    String entry = written(Entry.of(snapshot).json());
    synchronized (entries) {
      takenCount++;
      entries.addLast(entry);
      if (entries.size() > MOST_ENTRIES) {
        entries.removeFirst();
      }
    }
  }

  private static String written(ObjectNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and numbers cannot fail", e);
    }
  }

  /** The latest, oldest first, as JSON; the same text for all who ask for as many. */
  String text(int limit) {
    synchronized (entries) {
      if (latestText.takenCount != takenCount || latestText.limit != limit) {
        int count = Math.min(limit, entries.size());
        String text =
            entries.stream()
                .skip(entries.size() - count)
                .collect(
                    Collectors.joining(
                        ",",
                        "{\"message\":\"Retrieved " + count + " time drift entries\",\"entries\":[",
                        "]}"));
        latestText = new Text(takenCount, limit, text);
      }
      return latestText.text;
    }
  }
}
