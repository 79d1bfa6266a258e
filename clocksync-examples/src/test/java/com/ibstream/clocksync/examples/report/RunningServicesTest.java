package com.ibstream.clocksync.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningServicesTest {

  @Test
  void shouldShowEachServiceWithItsConnectionAndItsTime() {
    String body =
        """
        {"services": {
          "ib-stream": {"status": "healthy", "tws_connected": true,
            "time_sync": {"drift_ms": -37.26, "classification": "acceptable"}},
          "ib-contract": {"status": "degraded", "tws_connected": false,
            "time_sync": {"drift_ms": null}},
          "other": {"status": "healthy"}}}
        """;

    assertThat(RunningServices.lines(body))
        .containsExactly(
            "ib-stream     healthy, TWS ✓, time -37.3 ms (acceptable)",
            "ib-contract   degraded, TWS ✗, no trustworthy time",
            "other         healthy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"services\": 3}", "[]", "null"})
  void shouldSayThatThereIsNone(String body) {
    assertThat(RunningServices.lines(body)).containsExactly("services      the answer names none");
  }

  @Test
  void shouldSayThatItIsNoJson() {
    assertThat(RunningServices.lines("<html>"))
        .containsExactly("services      the answer is not JSON");
  }
}
