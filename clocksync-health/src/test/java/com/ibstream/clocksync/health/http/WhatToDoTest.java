package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.health.Statuses;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that says what to do has a paragraph for every alert and every kind of event. */
class WhatToDoTest {

  private static final Path DOCS = Path.of("../docs");
  private static final Pattern HEADING = Pattern.compile("^### (\\S+)\n\n\\S", Pattern.MULTILINE);
  private static final Pattern ALERT =
      Pattern.compile("- alert: (\\w+)\n(?:(?!- alert:).)*?runbook_url: (\\S+)", Pattern.DOTALL);

  private static List<String> headings() throws IOException {
    return found(HEADING, DOCS.resolve("operations/alerts-and-events.md")).toList();
  }

  private static Stream<String> found(Pattern pattern, Path file) throws IOException {
    return pattern.matcher(Files.readString(file)).results().map(result -> result.group(1));
  }

  /** All records below a sealed interface. */
  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(WhatToDoTest::kinds)
        : Stream.of(type);
  }

  @Test
  void shouldHaveAParagraphForEveryKindOfEventAndEveryAlertAndNothingElse() throws IOException {
    List<String> events = kinds(ClockEvent.class).map(EventLog::heading).toList();
    List<String> alerts =
        found(Pattern.compile("- alert: (\\w+)"), DOCS.resolve("operations/clocksync.rules.yml"))
            .toList();

    assertThat(events).hasSizeGreaterThan(15).doesNotHaveDuplicates();
    assertThat(alerts).hasSizeGreaterThan(9);
    assertThat(headings())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(events.stream(), alerts.stream()).toList());
  }

  @Test
  void shouldBeNamedByEveryAlert() throws IOException {
    String rules = Files.readString(DOCS.resolve("operations/clocksync.rules.yml"));
    List<MatchResult> alerts = ALERT.matcher(rules).results().toList();

    assertThat(alerts).hasSize(rules.split("- alert: ", -1).length - 1);
    assertThat(alerts)
        .allSatisfy(
            alert ->
                assertThat(alert.group(2))
                    .isEqualTo(EventLog.PAGE + "#" + EventLog.anchor(alert.group(1))));
  }

  @Test
  void shouldBeNamedByEveryEventThatIsServed() {
    EventLog log = new EventLog();
    log.onEvent(
        new ClockEvent.TrustChanged(
            1, TrustLevel.TRUSTED, TrustLevel.HOLDOVER, TrustReason.NO_RECENT_VOTE));

    assertThat(
            log.json(1, HealthSnapshot.of(Statuses.healthy().build()))
                .at("/events/0/what_to_do")
                .asText())
        .isEqualTo("docs/operations/alerts-and-events.md#trustchanged");
  }
}
