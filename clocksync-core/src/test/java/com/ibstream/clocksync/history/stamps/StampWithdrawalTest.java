package com.ibstream.clocksync.history.stamps;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.history.chain.ChainWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event takes stamps back from its own beginning on, however long ago that is. */
class StampWithdrawalTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");
  private static final long EPOCH = START.getEpochSecond() * SECOND;

  @TempDir private Path directory;

  private static String event(long fromSeconds) {
    return ",\"events\":[{\"type\":\"StampsWithdrawn\",\"warning\":true,\"text\":\"\",\"from_ns\":"
        + (EPOCH + fromSeconds * SECOND)
        + "}]";
  }

  /** A system clock that is right, seen so many seconds after the start and one minute before. */
  private static String status(long seconds, String events) {
    long at = EPOCH + seconds * SECOND;
    return String.format(
        Locale.ROOT,
        "\"kind\":\"status\",\"at\":\"%s\",\"by\":\"utc\",\"mono_ns\":%d,\"wall_ns\":%d,"
            + "\"wall_error_ns\":0,\"trust\":\"trusted\",\"utc_ns\":%d,\"utc_least_ns\":%d,"
            + "\"utc_most_ns\":%d,\"rate_ppm\":0.0,\"slew_allowance_ppm\":500.0,"
            + "\"since\":{\"mono_ns\":%d,\"least_ns\":-1000000,\"most_ns\":1000000,"
            + "\"bound_ns\":1000000,\"gap_ns\":200000000}%s",
        START.plusSeconds(seconds),
        seconds * SECOND,
        at,
        at,
        at - 1_000_000,
        at + 1_000_000,
        (seconds - 60) * SECOND,
        events);
  }

  private StampQualifier written(String... records) throws IOException {
    try (ChainWriter writer = ChainWriter.open(directory)) {
      LocalDate day = LocalDate.of(2026, 11, 26);
      writer.append(day, "\"kind\":\"start\",\"at\":\"" + START + "\",\"by\":\"system\"");
      for (String record : records) {
        writer.append(day, record);
      }
    }
    return StampQualifier.of(directory);
  }

  private static void assertQualities(
      StampQualifier qualifier, long seconds, StampQuality quality) {
    long stamp = EPOCH + seconds * SECOND;
    assertThat(qualifier.qualifySystemClock(stamp).quality()).isEqualTo(quality);
    assertThat(qualifier.qualifyTrustedClock(stamp).quality()).isEqualTo(quality);
  }

  @Test
  void shouldReachOverSeveralRecords() throws IOException {
    StampQualifier qualifier =
        written(
            status(60, ""),
            status(120, ""),
            status(180, ""),
            status(240, ""),
            status(300, event(150)));

    assertQualities(qualifier, 100, StampQuality.GOOD);
    assertQualities(qualifier, 140, StampQuality.GOOD);
    assertQualities(qualifier, 151, StampQuality.WITHDRAWN);
    assertQualities(qualifier, 200, StampQuality.WITHDRAWN);
    assertQualities(qualifier, 290, StampQuality.WITHDRAWN);
  }

  /** The monitor stood still for an hour, and then found what had happened before. */
  @Test
  void shouldReachAcrossATimeInWhichNobodyLooked() throws IOException {
    StampQualifier qualifier =
        written(status(60, ""), status(120, ""), status(180, ""), status(3_780, event(150)));

    assertQualities(qualifier, 100, StampQuality.GOOD);
    assertQualities(qualifier, 170, StampQuality.WITHDRAWN);
    assertQualities(qualifier, 2_000, StampQuality.UNMONITORED);
  }

  @Test
  void shouldTakeNothingBackOfAnEarlierRun() throws IOException {
    StampQualifier qualifier =
        written(
            status(60, ""),
            status(120, ""),
            "\"kind\":\"start\",\"at\":\"" + START + "\",\"by\":\"system\"",
            status(180, ""),
            status(240, event(90)));

    assertQualities(qualifier, 100, StampQuality.GOOD);
    assertQualities(qualifier, 200, StampQuality.WITHDRAWN);
  }
}
