package com.ibstream.clocksync.health.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.Statuses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * An alert on a series that nobody writes is silent for ever: every name in the rules and panels is
 * ours.
 */
class RuleNamesTest {

  private static final Path RULES = Path.of("../docs/operations/clocksync.rules.yml");
  private static final Path DASHBOARD = Path.of("../docs/operations/clocksync.grafana.json");
  private static final Pattern METRIC = Pattern.compile("(?<![:\\w])clocksync_\\w+");
  private static final Pattern SELECTOR =
      Pattern.compile("(clocksync_\\w+)\\{(\\w+)=~?\"([\\w|]+)\"}");

  private final String text =
      new PrometheusText(new ClockHealthContributor(() -> Statuses.healthy().build())).scrape();

  private static String rules() throws IOException {
    return Files.readString(RULES);
  }

  @Test
  void shouldNameOnlyMetersThatThereAre() throws Exception {
    Set<String> named = new TreeSet<>();
    Matcher matcher = METRIC.matcher(rules());
    while (matcher.find()) {
      named.add(matcher.group());
    }

    assertThat(named)
        .hasSizeGreaterThan(6)
        .allSatisfy(name -> assertThat(text).containsPattern("(?m)^" + name + "[{ ]"));
  }

  @Test
  void shouldSelectOnlyStatesThatThereAre() throws Exception {
    Matcher matcher = SELECTOR.matcher(rules());
    int count = 0;
    while (matcher.find()) {
      for (String word : Splitter.on('|').split(matcher.group(3))) {
        count++;
        assertThat(text).contains(matcher.group(1) + "{" + matcher.group(2) + "=\"" + word + "\"}");
      }
    }

    assertThat(count).isGreaterThan(10);
  }

  @Test
  void shouldShowOnlyMetersThatThereAre() throws Exception {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    Set<String> named = new TreeSet<>();
    for (JsonNode expression : dashboard.findValues("expr")) {
      Matcher matcher = METRIC.matcher(expression.textValue());
      while (matcher.find()) {
        named.add(matcher.group());
      }
    }

    assertThat(named)
        .hasSizeGreaterThan(10)
        .allSatisfy(name -> assertThat(text).containsPattern("(?m)^" + name + "[{ ]"));
    assertThat(dashboard.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
  }
}
