package com.ibstream.clocksync.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtpTimestampTest {

  private static long epochNanos(String instant) {
    Instant at = Instant.parse(instant);
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z,2208988800,0",
    "2026-01-01T00:00:00.5Z,3976214400,2147483648",
    "2036-02-07T06:28:15Z,4294967295,0",
    "2036-02-07T06:28:16Z,0,0",
    "2036-02-07T06:28:17.25Z,1,1073741824",
    "2060-01-01T00:00:00Z,754236504,0"
  })
  void shouldUnfoldToTheEraNearestTo2026(String instant, long seconds, long fraction) {
    long ntp = seconds << 32 | fraction;

    long epoch = NtpTimestamp.toEpochNanos(ntp);

    long expected =
        instant.startsWith("2060")
            ? (seconds + (1L << 32) - 2_208_988_800L) * 1_000_000_000L
            : epochNanos(instant);
    assertThat(epoch).isEqualTo(expected);
    assertThat(NtpTimestamp.ofEpochNanos(epoch)).isEqualTo(ntp);
  }

  @Test
  void shouldGiveBackEveryNanosecondWhenConvertedForthAndBack() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100_000; i++) {
      long epoch =
          epochNanos("2026-01-01T00:00:00Z")
              + random.nextLong(-2_000_000_000L, 2_000_000_000L) * 1_000_000_000L
              + random.nextLong(1_000_000_000L);

      assertThat(NtpTimestamp.toEpochNanos(NtpTimestamp.ofEpochNanos(epoch))).isEqualTo(epoch);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,1000000000", "1,999999999", "999999999,1"})
  void shouldSubtractAcrossTheEraWhenItTurns(long fromEnd, long expected) {
    long beforeTurn = NtpTimestamp.ofEpochNanos(epochNanos("2036-02-07T06:28:15Z") + fromEnd);
    long turn = NtpTimestamp.ofEpochNanos(epochNanos("2036-02-07T06:28:16Z"));

    assertThat(NtpTimestamp.differenceNanos(turn, beforeTurn))
        .isBetween(expected - 1, expected + 1);
    assertThat(NtpTimestamp.differenceNanos(beforeTurn, turn))
        .isBetween(-expected - 1, -expected + 1);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,15259", "65536,1000000000", "-1,65535999984742"})
  void shouldRoundShortFormatUpAndTakeItAsUnsigned(int ntpShort, long expected) {
    assertThat(NtpTimestamp.shortToNanos(ntpShort)).isEqualTo(expected);
  }
}
