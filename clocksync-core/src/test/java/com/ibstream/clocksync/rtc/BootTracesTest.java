package com.ibstream.clocksync.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal says of a boot and of the end of the one before. */
class BootTracesTest {

  private static final String MESSAGE =
      "{\"__CURSOR\":\"s=1\",\"_SOURCE_MONOTONIC_TIMESTAMP\":\"2127247\",\"__REALTIME_TIMESTAMP\":"
          + "\"1795351989000000\",\"MESSAGE\":\"rtc_cmos 00:03: setting system clock to"
          + " 2026-11-22T12:53:07 UTC (1795351987)\",\"_BOOT_ID\":\"ab\"}\n";

  private static CommandRunner saying(int exitStatus, String output) {
    return (command, limit) ->
        new CommandResult(CommandResult.Outcome.EXITED, exitStatus, output, "");
  }

  @Test
  void shouldReadWhatTheClockShowedWhenTheBootBegan() {
    assertThat(BootMessage.ask(saying(0, MESSAGE)))
        .contains(new BootMessage(1_795_351_987L, 2_127_247_000L));
    assertThat(BootMessage.parse("{}\n" + MESSAGE + MESSAGE.replace("987)", "999)")))
        .contains(new BootMessage(1_795_351_987L, 2_127_247_000L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "-- No entries --",
        "{\"MESSAGE\":\"setting system clock to then UTC (1795351987)\"}",
        "{\"_SOURCE_MONOTONIC_TIMESTAMP\":\"1\",\"MESSAGE\":\"setting system clock to then\"}",
        "{\"_SOURCE_MONOTONIC_TIMESTAMP\":\"1\",\"MESSAGE\":[115,101]}"
      })
  void shouldKnowNothingWhereTheJournalSaysNothing(String output) {
    assertThat(BootMessage.ask(saying(0, output))).isEmpty();
    assertThat(LastTrace.ask(saying(0, output), 0, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void shouldNotBelieveACommandThatFailed() {
    assertThat(BootMessage.ask(saying(1, MESSAGE))).isEmpty();
    assertThat(LastTrace.ask(saying(1, MESSAGE), 0, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void shouldTakeTheLastEntryOfTheBootBefore() {
    long trace = 1_795_351_989_000_000_000L;

    assertThat(LastTrace.ask(saying(0, MESSAGE), trace - 1, trace + 1))
        .isEqualTo(OptionalLong.of(trace));
    assertThat(LastTrace.ask(saying(0, MESSAGE), trace + 1, trace + 2)).isEmpty();
    assertThat(LastTrace.ask(saying(0, MESSAGE), trace - 2, trace - 1)).isEmpty();
  }

  @Test
  void shouldBearAnyOutput() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 500; i++) {
      int cut = random.nextInt(MESSAGE.length());
      String output =
          MESSAGE.substring(0, cut) + RtcFilesTest.anyText(random) + MESSAGE.substring(cut);
      assertThat(BootMessage.ask(saying(0, output))).isNotNull();
      assertThat(LastTrace.ask(saying(0, output), 0, 1)).isNotNull();
    }
  }
}
