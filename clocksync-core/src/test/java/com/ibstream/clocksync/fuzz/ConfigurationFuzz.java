package com.ibstream.clocksync.fuzz;

import static com.ibstream.clocksync.fuzz.Invariant.require;

import com.ibstream.clocksync.ClockMonitorConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Any bytes as configuration. Input: one byte for the place, then what stands there. */
public final class ConfigurationFuzz {

  private ConfigurationFuzz() {}

  /** Tries one input. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    byte[] content = Arrays.copyOfRange(data, 1, data.length);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(new NoPlugins()); // looking for plug-ins is the slowest part
    try {
      switch (data[0] & 3) {
        case 0, 1 -> checkFile((data[0] & 3) == 0, content);
        case 2 -> checkVariables(new String(content, StandardCharsets.UTF_8));
        default ->
            check(
                ClockMonitorConfig.builder(),
                new String(content, StandardCharsets.UTF_8),
                "set by the builder");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static final class NoPlugins extends ClassLoader {
    NoPlugins() {
      super(null);
    }
  }

  private static void checkFile(boolean isProperties, byte[] content) throws IOException {
    Path file = Files.createTempFile("clocksync", ".configuration");
    try {
      Files.write(file, content);
      ClockMonitorConfig.Builder builder = ClockMonitorConfig.builder();
      check(
          isProperties ? builder.properties(file) : builder.environmentFile(file), file.toString());
    } finally {
      Files.delete(file);
    }
  }

  private static void checkVariables(String text) {
    Map<String, String> variables =
        text.lines()
            .filter(line -> line.contains("="))
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, last) -> last));
    check(ClockMonitorConfig.builder().environment(variables), "in the environment");
  }

  /** The text as the program's own servers. */
  private static void check(ClockMonitorConfig.Builder builder, String servers, String place) {
    try {
      builder.servers(servers);
    } catch (IllegalArgumentException refused) {
      requireExplained(refused, place);
      return;
    }
    check(builder, place);
  }

  private static void check(ClockMonitorConfig.Builder builder, String place) {
    try {
      requireSound(builder.build());
    } catch (IllegalArgumentException refused) {
      requireExplained(refused, place);
    }
  }

  private static void requireExplained(IllegalArgumentException refused, String place) {
    require(
        refused.getMessage() != null && refused.getMessage().contains(place),
        "the message does not say where: %s",
        refused.getMessage());
  }

  private static void requireSound(ClockMonitorConfig config) {
    int servers = config.servers().size();
    require(servers >= 1 && servers <= 64, "%d servers", servers);
    require(
        config.timeoutNanos() > 0
            && config.timeoutNanos() < config.minPollNanos()
            && config.minPollNanos() <= config.maxPollNanos(),
        "contradictory times in %s",
        config);
    require(
        config.toleranceNanos() > 0 && config.toleranceNanos() <= 10_000_000_000L,
        "the tolerance in %s",
        config);
    require(
        config.frequencyTolerancePpm() > 0 && config.slewAllowancePpm() >= 0,
        "the rates in %s",
        config);
  }
}
