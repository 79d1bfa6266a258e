package com.ibstream.clocksync.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlewWatchTest {

  private final SlewWatch watch = new SlewWatch();

  private static RawMapping slewed(double ppm, double errorPpm, boolean isSettled) {
    return new RawMapping(0, 0, 100, ppm, errorPpm, isSettled, 0, 0, false);
  }

  @Test
  void shouldTakeTheFirstSlewForTheUsualOne() {
    assertThat(watch.look(slewed(-300, 1, true))).isEmpty();
    assertThat(watch.look(slewed(-300, 1, true))).isEmpty();
  }

  @Test
  void shouldTellOfAChangeOnce() {
    watch.look(slewed(0, 1, true));

    assertThat(watch.look(slewed(20, 1, true))).as("no more than usual").isEmpty();
    assertThat(watch.look(slewed(20.5, 1, true))).contains(new SlewWatch.Change(0, 20.5));
    assertThat(watch.look(slewed(20.5, 1, true))).isEmpty();
    assertThat(watch.look(slewed(0.4, 1, true))).contains(new SlewWatch.Change(20.5, 0.4));
  }

  @Test
  void shouldTellNothingThatIsNotKnownYet() {
    watch.look(slewed(0, 1, true));

    assertThat(watch.look(slewed(50_000, 1, false))).isEmpty();
    assertThat(watch.look(slewed(50_000, 10.1, true))).isEmpty();
    assertThat(watch.look(slewed(50_000, 10, true))).isPresent();
  }
}
