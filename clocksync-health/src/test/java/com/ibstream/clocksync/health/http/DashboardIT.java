package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ibstream.clocksync.health.http.DashboardServer.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard in a real browser. */
class DashboardIT extends DashboardInBrowser {

  private static final Path KEPT = Path.of("target", "dashboard");
  private static final int TAB = 9;
  private static final int SPACE = 32;

  @Test
  void shouldFollowTheClockWithoutReload() {
    open();
    browser.evaluate("window.isSamePage = true");
    assertThat(glow()).isEqualTo(1);
    assertThat(browser.text("f-stamp")).startsWith("safe");
    assertThat(browser.text("f-drift")).startsWith("0.123 ms behind");
    assertThat(browser.text("service")).contains("synchronised", "chrony");
    assertThat(browser.text("rtc")).contains("rtc0");
    assertThat(browser.text("battery")).contains("healthy");

    server.be(State.FALSETICKER);
    await().atMost(LIMIT).until(() -> browser.text("why").contains("One server tells a false"));
    awaitLight("good", "Trusted");
    assertThat(browser.text("source-rows")).contains("falseticker", "−249.9 ms");

    server.be(State.HOLDOVER);
    awaitLight("warn", "Holdover");

    server.be(State.STEPPED);
    awaitLight("bad", "System clock wrong");
    assertThat(browser.text("f-drift")).startsWith("37.000 s behind");
    assertThat(browser.text("f-stamp")).startsWith("safe");
    await().atMost(LIMIT).until(() -> browser.text("event-rows").contains("jumped back"));

    server.be(State.ERROR);
    awaitLight("bad", "Not trusted");
    assertThat(browser.text("f-stamp")).startsWith("NOT SAFE");
    assertThat(browser.text("f-drift")).startsWith("not known");
    await().atMost(LIMIT).until(() -> browser.text("chart-text").contains("not known in 60"));

    server.be(State.TRUSTED);
    awaitLight("good", "Trusted");
    assertThat(browser.evaluate("window.isSamePage").asBoolean()).isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldGoOutWhenTheServerStops() {
    open();
    server.close();

    awaitLight("out", "No answer");
    assertThat(browser.text("banner")).contains("NO ANSWER", "cannot be reached");
    assertThat(browser.text("f-stamp")).isEqualTo("not known");
    assertThat(glow()).isZero();
    assertThat(browser.evaluate("document.title").asText()).startsWith("No answer");
  }

  @ParameterizedTest
  @CsvSource({
    "FAILING, No answer, status code 500",
    "SILENT, No answer, no answer within 4 s",
    "CACHED, No answer, THE SAME ANSWER AGAIN",
    "STRANGE, Not understood, NOT UNDERSTOOD"
  })
  void shouldGoOutWhenTheAnswerIsNone(State state, String word, String banner) {
    open();
    server.be(state);

    awaitLight("out", word);
    assertThat(browser.text("banner")).contains(banner);
    assertThat(glow()).isZero();

    server.be(State.TRUSTED);
    awaitLight("good", "Trusted");
    assertThat(browser.text("banner")).isEmpty();
  }

  @Test
  void shouldGoOutByItselfWhenTheScriptHangs() {
    open();
    // The script is stopped for good, as a hanging one would be; the style goes on.
    browser.call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    await().atMost(Duration.ofSeconds(30)).until(() -> glow() < 0.01);

    assertThat(light()).as("no script has put it out").isEqualTo("good");
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1200})
  void shouldFitWithoutScrollingSideways(int width) throws IOException {
    browser.size(width, 800);
    open();
    server.be(State.STEPPED);
    awaitLight("bad", "System clock wrong");
    await().atMost(LIMIT).until(() -> browser.text("event-rows").contains("jumped back"));

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.evaluate("document.documentElement.clientWidth").asInt()).isEqualTo(width);
    browser.screenshot(KEPT.resolve("width-" + width + ".png"));
  }

  @Test
  void shouldReachEveryControlByTab() {
    open();
    int wanted =
        browser
            .evaluate(
                "document.querySelectorAll('main a[href], button, input, summary, [tabindex=\"0\"],"
                    + " .skip').length - document.querySelectorAll('noscript a').length")
            .asInt();
    Set<String> reached = new LinkedHashSet<>();
    List<String> unseen = new ArrayList<>();
    for (int i = 0; i < wanted + 3; i++) {
      browser.press("Tab", TAB);
      String focused =
          browser
              .evaluate(
                  "(e => e === document.body ? '' : e.tagName + ' ' + (e.id || e.textContent.slice(0, 20)"
                      + " + (e.getAttribute('aria-labelledby') || e.getAttribute('aria-label') || '')))"
                      + "(document.activeElement)")
              .asText();
      if (focused.isEmpty()) {
        continue;
      }
      reached.add(focused);
      if (browser
          .evaluate("getComputedStyle(document.activeElement).outlineStyle === 'none'")
          .asBoolean()) {
        unseen.add(focused);
      }
    }

    // The table of values is closed: what scrolls in it cannot be reached yet.
    assertThat(reached).as(reached.toString()).hasSize(wanted - 1);
    assertThat(reached).contains("BUTTON pause", "INPUT scrub", "INPUT warnings");
    assertThat(unseen).as("without a visible focus").isEmpty();
  }

  @Test
  void shouldPauseByKeyboardWithTheLightOut() {
    open();
    browser.evaluate("document.getElementById('pause').focus()");
    browser.press(" ", SPACE);

    awaitLight("out", "Paused");
    browser.press(" ", SPACE);
    awaitLight("good", "Trusted");
  }

  @Test
  void shouldBeReadableByMachine() {
    open();
    await().atMost(LIMIT).until(() -> browser.text("chart-text").startsWith("Over 67 min"));
    String[] truths = {
      "document.querySelectorAll('main, header, footer').length === 3",
      "document.querySelectorAll('h1').length === 1",
      "document.querySelector('#trust').getAttribute('aria-live') === 'polite'",
      "document.querySelector('#banner').getAttribute('role') === 'alert'",
      "[...document.querySelectorAll('table')].every(t => t.caption && t.caption.textContent)",
      "[...document.querySelectorAll('thead th')].every(t => t.scope === 'col')",
      "[...document.querySelectorAll('#source-rows tr')].every(r => r.cells[0].scope === 'row')",
      "document.querySelector('#chart').getAttribute('aria-describedby') === 'chart-text'",
      "document.querySelector('#scrub').getAttribute('aria-valuetext').includes('UTC')",
      "document.documentElement.lang === 'en'"
    };
    for (String truth : truths) {
      assertThat(browser.evaluate(truth).asBoolean()).as(truth).isTrue();
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldBeDarkWhereThatIsPreferred() throws IOException {
    browser.colours("light");
    open();
    String light = background();
    browser.colours("dark");

    assertThat(background()).isNotEqualTo(light).isEqualTo("rgb(15, 20, 26)");
    browser.screenshot(KEPT.resolve("dark.png"));
  }

  @Test
  void shouldTakeTextOfOthersForTextOnly() {
    server.speak("<img src=x onerror=window.isBroken=1><script>window.isBroken=1</script>");
    open();
    await().atMost(LIMIT).until(() -> browser.text("event-rows").contains("<img"));

    assertThat(browser.text("source-rows")).contains("<script>");
    assertThat(browser.evaluate("document.images.length").asInt()).isZero();
    assertThat(browser.evaluate("window.isBroken === undefined").asBoolean()).isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldSayWhichPartIsNotCurrent() {
    open();
    server.be(State.FORGETFUL);

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(browser.text("drift-old")).contains("Not current", "status code 500");
              assertThat(browser.text("events-old")).contains("Not current");
            });
    assertThat(light()).isEqualTo("good");

    server.be(State.TRUSTED);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(browser.text("drift-old") + browser.text("events-old")).isEmpty());
  }

  @Test
  void shouldHideWhatIsNotServed() {
    server.forgetThePast();
    open();

    await()
        .atMost(LIMIT)
        .until(
            () ->
                browser
                    .evaluate(
                        "document.getElementById('drift').hidden && document.getElementById('events').hidden")
                    .asBoolean());
    assertThat(light()).isEqualTo("good");
  }

  @ParameterizedTest
  @CsvSource({"/clock, /clock", "/clock, /clock/clock", "/deep/er, /deep/er/clock"})
  void shouldFindTheEndpointBelowAContext(String context, String page) throws IOException {
    server.close();
    server = new DashboardServer(context);
    browser.open(server.url(page));

    awaitLight("good", "Trusted");
  }

  @Test
  void shouldLookAsInTheManual() throws IOException {
    open();
    picture("trusted", "");
    server.be(State.FALSETICKER);
    await().atMost(LIMIT).until(() -> browser.text("why").contains("One server tells a false"));
    picture("falseticker", "FALSETICKER");
    server.be(State.STEPPED);
    awaitLight("bad", "System clock wrong");
    picture("stepped", "jumped back");
  }

  /** Kept in target; the manual has copies. */
  private void picture(String name, String event) throws IOException {
    await().atMost(LIMIT).until(() -> browser.text("event-rows").contains(event));
    await().atMost(LIMIT).until(() -> browser.text("chart-text").startsWith("Over"));
    Path file = KEPT.resolve("dashboard-" + name + ".png");
    browser.screenshot(file);
    assertThat(file).isNotEmptyFile();
  }
}
