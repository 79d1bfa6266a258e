package com.ibstream.clocksync.health.spring;

import com.ibstream.clocksync.ClockMonitorConfig;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The properties {@code clocksync.*} of an application as a configuration. Stateless. */
final class ClockProperties {

  private static final String PREFIX = "clocksync";

  /** An element of a list, as YAML has it and as a map of texts shows it; no key ends so. */
  private static final Pattern ELEMENT = Pattern.compile("(.+?)[.\\[](\\d{1,4})]?");

  private ClockProperties() {}

  /**
   * Reads them: one for each key, and for lists also one for each element.
   *
   * @throws IllegalArgumentException if a key is unknown or a value wrong; names it
   */
  static ClockMonitorConfig of(Environment environment) {
    Map<String, String> found =
        Binder.get(environment)
            .bind(PREFIX, Bindable.mapOf(String.class, String.class))
            .orElse(Map.of());
    Map<String, String> single = new TreeMap<>();
    Map<String, TreeMap<Integer, String>> lists = new TreeMap<>();
    found.forEach(
        (key, value) -> {
          Matcher element = ELEMENT.matcher(key);
          if (element.matches()) {
            lists
                .computeIfAbsent(element.group(1), unused -> new TreeMap<>())
                .put(Integer.valueOf(element.group(2)), value);
          } else {
            single.put(key, value);
          }
        });
    lists.forEach((key, values) -> single.put(key, String.join(",", values.values())));
    ClockMonitorConfig.Builder builder = ClockMonitorConfig.builder();
    single.forEach(builder::setting);
    return builder.build();
  }
}
