package com.ibstream.clocksync.health.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.health.http.HealthEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page for people says of the plug-in's keys is what the plug-in does. */
class HealthKeysPageTest {

  private static final Pattern TYPICAL = Pattern.compile("`([^`]+)`");

  private final ClockHealthPlugin plugin = new ClockHealthPlugin();
  private final Map<String, String> entryByKey = new LinkedHashMap<>();

  @BeforeEach
  void readEntries() throws IOException {
    String page = Files.readString(Path.of("../docs/configuration.md"));
    String keys = page.substring(page.indexOf("\n## Keys of the health plug-in"));
    for (String entry : keys.substring(keys.indexOf("\n### ")).split("\n### ", -1)) {
      entry.lines().findFirst().ifPresent(key -> entryByKey.put(key.replace("`", ""), entry));
    }
    entryByKey.remove("");
  }

  @AfterEach
  void close() {
    plugin.close();
  }

  private static String line(String entry, String name) {
    return entry
        .lines()
        .filter(line -> line.startsWith("- " + name + ": "))
        .map(line -> line.substring(name.length() + 4))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is missing in: " + entry));
  }

  private static List<String> typical(String entry) {
    return TYPICAL.matcher(line(entry, "Typical")).results().map(one -> one.group(1)).toList();
  }

  private void start(Map<String, String> settings) {
    plugin.start(() -> Statuses.healthy().build(), listener -> {}, settings);
  }

  @Test
  void shouldListExactlyTheKeysOfThePlugin() {
    assertThat(entryByKey.keySet()).containsExactlyInAnyOrderElementsOf(plugin.settingKeys());
  }

  @Test
  void shouldSayOfEveryKeyAllThereIsToSay() {
    assertThat(entryByKey)
        .allSatisfy(
            (key, entry) -> {
              String variable = "CLOCKSYNC_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
              assertThat(entry.substring(entry.indexOf("\n\n"), entry.indexOf("\n- ")))
                  .hasSizeGreaterThan(20);
              assertThat(line(entry, "Unit")).isNotBlank();
              assertThat(line(entry, "File")).startsWith("`clocksync." + key + "=");
              assertThat(line(entry, "Environment")).startsWith("`" + variable + "=");
              assertThat(line(entry, "Builder")).startsWith("`.setting(\"" + key + "\", ");
            });
  }

  @Test
  void shouldStateTheDefaultsOfThePlugin() {
    start(Map.of());

    assertThat(plugin.endpoint()).isEmpty();
    assertThat(line(entryByKey.get("health.port"), "Default")).isEqualTo("none");
    assertThat(line(entryByKey.get("health.host"), "Default"))
        .isEqualTo("`" + HealthEndpoint.LOOPBACK + "`");
  }

  @Test
  void shouldStateTheRangeOfThePort() {
    assertThat(line(entryByKey.get("health.port"), "Range"))
        .isEqualTo("0 to 65535; 0 takes any free port");
    assertThatIllegalArgumentException().isThrownBy(() -> start(Map.of("health.port", "-1")));
    assertThatIllegalArgumentException().isThrownBy(() -> start(Map.of("health.port", "65536")));
  }

  /** That somebody else has the port already is no fault of the page. */
  @Test
  void shouldRecommendOnlyWhatIsAccepted() {
    List<String> hosts = typical(entryByKey.get("health.host"));
    List<String> ports = typical(entryByKey.get("health.port"));

    assertThat(hosts).isNotEmpty();
    assertThat(ports).isNotEmpty();
    for (String host : hosts) {
      assertAccepted(Map.of("health.host", host, "health.port", "0"));
    }
    for (String port : ports) {
      assertAccepted(Map.of("health.port", port));
    }
  }

  private static void assertAccepted(Map<String, String> settings) {
    try (ClockHealthPlugin other = new ClockHealthPlugin()) {
      Throwable refusal =
          catchThrowable(
              () -> other.start(() -> Statuses.healthy().build(), listener -> {}, settings));
      if (refusal != null) {
        assertThat(refusal).as("%s", settings).hasMessageContaining("is in use");
      }
    }
  }
}
