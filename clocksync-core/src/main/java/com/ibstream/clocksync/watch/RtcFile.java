package com.ibstream.clocksync.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.BatteryFacts.PowerOff;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Rate;
import com.ibstream.clocksync.rtc.RtcMemory;
import com.ibstream.clocksync.seam.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The memory of the hardware clock: one small file, replaced as a whole. Several processes may keep
 * it; what they write is the same.
 *
 * <p>A file that cannot be understood is left as it is, and nothing is remembered until somebody
 * mends or removes it: what it holds may be years of evidence. For one thread.
 */
public final class RtcFile implements RtcMemory {

  private static final int MOST_BYTES = 1 << 18;
  private static final int FORMAT = 1;

  /** A century, and a rate that no clock has: what is beyond was not written by us. */
  private static final long MOST_NANOS = 3_155_760_000_000_000_000L;

  private static final double MOST_PPM = 1_000_000;

  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final StateDirectory directory;
  private final Path file;
  private final HostFiles files;
  private final boolean isMade;

  /**
   * The memory in a directory.
   *
   * @param directory where it is kept; on a local disk
   * @param files tell which boot this is
   * @param isMade whether the directory may be made: whoever only observes leaves no trace unless
   *     the host's administrator made a place for it
   */
  public RtcFile(Path directory, HostFiles files, boolean isMade) {
    this.directory = new StateDirectory(directory);
    file = this.directory.file("hardware-clock.json");
    this.files = files;
    this.isMade = isMade;
  }

  @Override
  public Recall recall() {
    Optional<String> boot = BootId.of(files);
    if (boot.isEmpty()) {
      return new Recall(boot, Optional.empty(), "this boot of the host cannot be told from others");
    }
    try {
      return new Recall(boot, Optional.of(parse(directory.text(file, MOST_BYTES))), "");
    } catch (NoSuchFileException e) {
      return new Recall(boot, Optional.empty(), whyNoPlace());
    } catch (IOException e) {
      return new Recall(boot, Optional.empty(), reason(e));
    }
  }

  private String whyNoPlace() {
    Path place = file.getParent();
    return isMade || Files.isDirectory(place) ? "" : "the directory " + place + " does not exist";
  }

  @Override
  public Optional<String> remember(Known known) {
    String noPlace = whyNoPlace();
    if (!noPlace.isEmpty()) {
      return Optional.of(noPlace);
    }
    try {
      directory.replace(file, text(known));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(reason(e));
    }
  }

  private String reason(IOException e) {
    return "the memory of the hardware clock, " + file + ": " + e.getMessage();
  }

  static String text(Known known) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    json.put("boot", known.boot());
    json.put("utc_ns", known.utcEpochNanos());
    json.put("offset_ns", known.offset().nanos());
    json.put("offset_bound_ns", known.offset().boundNanos());
    known
        .rate()
        .ifPresent(
            rate ->
                json.putObject("rate")
                    .put("drift_ppm", rate.driftRatePpm())
                    .put("error_ppm", rate.errorPpm())
                    .put("span_ns", rate.spanNanos())
                    .put("observations", rate.observationCount())
                    .put("writes", rate.writeCount()));
    ArrayNode powerOffs = json.putArray("power_offs");
    known
        .powerOffs()
        .forEach(
            off ->
                powerOffs
                    .addObject()
                    .put("start_ns", off.startEpochNanos())
                    .put("end_ns", off.endEpochNanos())
                    .put("drift_ns", off.driftNanos())
                    .put("bound_ns", off.boundNanos())
                    .put("reset", off.isReset())
                    .put("start_known", off.isStartKnown()));
    return json + "\n";
  }

  static Known parse(String text) throws IOException {
    try {
      JsonNode json = JSON.readTree(text);
      if (json.required("format").asInt() != FORMAT) {
        throw new IOException("it is of another format: " + json.get("format"));
      }
      List<PowerOff> powerOffs = new ArrayList<>();
      for (JsonNode off : json.required("power_offs")) {
        powerOffs.add(powerOff(off));
      }
      Optional<Rate> rate =
          json.has("rate") ? Optional.of(rate(json.get("rate"))) : Optional.empty();
      return new Known(
          json.required("boot").asText(),
          integer(json, "utc_ns"),
          new Difference(span(json, "offset_ns"), bound(json, "offset_bound_ns")),
          rate,
          powerOffs);
    } catch (JsonProcessingException | IllegalArgumentException | ArithmeticException e) {
      throw new IOException("it cannot be understood: " + e.getMessage(), e);
    }
  }

  private static PowerOff powerOff(JsonNode json) {
    PowerOff off =
        new PowerOff(
            integer(json, "start_ns"),
            integer(json, "end_ns"),
            span(json, "drift_ns"),
            bound(json, "bound_ns"),
            flag(json, "reset"),
            json.has("start_known") && flag(json, "start_known")); // once it was not written
    if (off.startEpochNanos() > off.endEpochNanos()) {
      throw new IllegalArgumentException("start_ns is after end_ns: " + json);
    }
    return off;
  }

  private static Rate rate(JsonNode json) {
    return new Rate(
        ppm(json, "drift_ppm"),
        Math.abs(ppm(json, "error_ppm")),
        span(json, "span_ns"),
        Math.toIntExact(bound(json, "observations")),
        Math.toIntExact(bound(json, "writes")));
  }

  private static boolean flag(JsonNode json, String key) {
    JsonNode node = json.required(key);
    if (!node.isBoolean()) {
      throw new IllegalArgumentException(key + " is neither true nor false: " + node);
    }
    return node.booleanValue();
  }

  /** A difference of two times that a clock can have. */
  private static long span(JsonNode json, String key) {
    long span = integer(json, key);
    if (span > MOST_NANOS || span < -MOST_NANOS) {
      throw new IllegalArgumentException(key + " is more than any clock is off: " + span);
    }
    return span;
  }

  private static long integer(JsonNode json, String key) {
    JsonNode node = json.required(key);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new IllegalArgumentException(key + " is no integer: " + node);
    }
    return node.longValue();
  }

  private static long bound(JsonNode json, String key) {
    long bound = span(json, key);
    if (bound < 0) {
      throw new IllegalArgumentException(key + " is negative: " + bound);
    }
    return bound;
  }

  private static double ppm(JsonNode json, String key) {
    JsonNode node = json.required(key);
    if (!node.isNumber() || !(Math.abs(node.doubleValue()) <= MOST_PPM)) {
      throw new IllegalArgumentException(key + " is no rate of a clock: " + node);
    }
    return node.doubleValue();
  }
}
