package com.ibstream.clocksync.health.spring;

import com.ibstream.clocksync.ClockMonitorConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/** The properties {@code clocksync.*} of an application as a configuration. Stateless. */
final class ClockProperties {

  private static final String PREFIX = "clocksync";

  /** An element of a list, as YAML has it and as a map of texts shows it; no key ends so. */
  private static final Pattern ELEMENT = Pattern.compile("(.+?)[.\\[](\\d{1,4})]?");

  /** Keys whose entries hold commas themselves. */
  private static final String TRADING = "trading.";

  private ClockProperties() {}

  /**
   * Reads them, each as one text or as a list. Of several places that set a key the strongest
   * counts, with its whole list.
   *
   * @throws IllegalArgumentException if a key is unknown or a value wrong; names it
   */
  static ClockMonitorConfig of(Environment environment) {
    Binder binder = Binder.get(environment);
    Map<String, String> found =
        binder.bind(PREFIX, Bindable.mapOf(String.class, String.class)).orElse(Map.of());
    Map<String, String> settings = new TreeMap<>();
    found
        .keySet()
        .forEach(
            name -> {
              Matcher element = ELEMENT.matcher(name);
              if (element.matches()) {
                String key = key(element.group(1));
                settings.computeIfAbsent(key, unused -> list(binder, element.group(1), found));
              }
            });
    found.forEach(
        (name, value) -> {
          if (!ELEMENT.matcher(name).matches()) {
            settings.putIfAbsent(key(name), value); // the strongest place comes first
          }
        });
    ClockMonitorConfig.Builder builder = ClockMonitorConfig.builder();
    settings.forEach(builder::setting);
    return builder.build();
  }

  /** Keys have dots only: {@code poll-min} and {@code pollMin} are {@code poll.min}. */
  private static String key(String name) {
    return DataObjectPropertyName.toDashedForm(name).replace('-', '.');
  }

  /** A list whose elements stand in one place; a stronger place may have it as one text. */
  private static String list(Binder binder, String name, Map<String, String> found) {
    List<String> elements =
        binder
            .bind(
                ConfigurationPropertyName.adapt(PREFIX + "." + name, '.'),
                Bindable.listOf(String.class))
            .orElse(List.of());
    String text = found.getOrDefault(name, "");
    if (elements.equals(Arrays.stream(text.split(",")).map(String::strip).toList())) {
      return text;
    }
    return String.join(key(name).startsWith(TRADING) ? ";" : ",", elements);
  }
}
