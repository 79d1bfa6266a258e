package com.ibstream.clocksync.examples.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.examples.ClockSyncProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two incidents, with a real server and a really wrong system clock. */
class FaketimeIT {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"+37s, 37000", "-17h, -61200000"})
  void shouldFindTheErrorWithinItsBoundWhenTheSystemClockIsFarOff(String shift, double truthMs)
      throws Exception {
    List<String> faketime = List.of(Peers.faketime().toString(), "-m", "-f", shift);
    Map<String, String> onlyTheWallClock = Map.of("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    try (Chronyd chronyd = Chronyd.start(directory)) {
      ClockSyncProcess found =
          ClockSyncProcess.run(
              faketime, onlyTheWallClock, "time-drift", "--json", "--servers", chronyd.address());
      JsonNode json = found.document();
      System.out.println("faketime " + shift + ": " + found.out());

      assertThat(found.exitStatus()).as(found.err()).isEqualTo(2);
      assertThat(json.get("classification").textValue()).isEqualTo("critical");
      assertThat(json.get("message").textValue()).contains("consistent with");
      double boundMs = json.get("error_bound_ms").doubleValue();
      assertThat(Math.abs(json.get("drift_ms").doubleValue() - truthMs))
          .isLessThanOrEqualTo(boundMs);
      assertThat(boundMs).as("loopback is near").isLessThan(100);
      assertThat(json.get("earliest_drift_ms").doubleValue()).isLessThanOrEqualTo(truthMs);
      assertThat(json.get("latest_drift_ms").doubleValue()).isGreaterThanOrEqualTo(truthMs);
    }
  }
}
