package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said while no vote renews the trust. */
class HoldoverScenarioTest extends SimulatedMonitor {

  private void runUntilHoldover(ClockMonitor monitor) {
    for (int i = 0; i < 3_600 && monitor.status().trust() == TrustLevel.TRUSTED; i++) {
      world.runFor(Duration.ofSeconds(1));
    }
  }

  @Test
  void shouldSayThatNobodyVotedWhenTheNetworkIsLost() {
    ClockMonitor monitor = start(5);
    world.runFor(Duration.ofMinutes(1));
    servers.forEach(server -> server.silent(true));

    runUntilHoldover(monitor);

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.HOLDOVER);
    assertThat(monitor.status().reason()).isEqualTo(TrustReason.NO_RECENT_VOTE);
    assertHoldsTruth(monitor);
  }

  @Test
  void shouldSayThatTheServersDisagreeWhenTheyBeginTo() {
    ClockMonitor monitor = start(2);
    world.runFor(Duration.ofMinutes(1));
    servers.get(0).error(500_000_000);

    runUntilHoldover(monitor);

    assertThat(monitor.status().trust()).isEqualTo(TrustLevel.HOLDOVER);
    assertThat(monitor.status().reason()).isEqualTo(TrustReason.NO_CONSENSUS);
    assertHoldsTruth(monitor);
  }
}
