package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A browser with the dashboard of a server that says what a test wants. */
abstract class DashboardInBrowser {

  static final Duration LIMIT = Duration.ofSeconds(12);

  @TempDir Path directory;
  DashboardServer server;
  Chromium browser;

  @BeforeEach
  void start() throws Exception {
    boolean isRequired = Boolean.parseBoolean(System.getenv("REQUIRE_BROWSER"));
    Assumptions.assumeTrue(
        Chromium.PROGRAM.isPresent() || isRequired,
        "no chromium on this machine: nothing is opened");
    assertThat(Chromium.PROGRAM).as("REQUIRE_BROWSER is set").isPresent();
    server = new DashboardServer("");
    browser = new Chromium(directory);
    browser.size(1200, 900);
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  void open() {
    browser.open(server.url("/clock"));
    awaitLight("good", "Trusted");
  }

  void awaitLight(String light, String word) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(browser.text("word")).isEqualTo(word);
              assertThat(light()).isEqualTo(light);
            });
  }

  String light() {
    return browser.evaluate("document.documentElement.dataset.light || ''").asText();
  }

  double glow() {
    return browser
        .evaluate("Number(getComputedStyle(document.getElementById('glow')).opacity)")
        .asDouble();
  }

  String background() {
    return browser.evaluate("getComputedStyle(document.body).backgroundColor").asText();
  }
}
