package com.ibstream.clocksync.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random stamps, compared with exact arithmetic. */
class NtpTimestampPropertyTest {

  private static final int TRIALS = 100_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final BigDecimal FRACTIONS = BigDecimal.valueOf(1L << 32);

  /** 136 years around 2026, less a second on both sides. */
  private static final long FIRST_SECOND = NtpTimestamp.PIVOT_EPOCH_SECONDS - (1L << 31) + 1;

  private static final long LAST_SECOND = NtpTimestamp.PIVOT_EPOCH_SECONDS + (1L << 31) - 2;

  /** A stamp that is random, or near one of the places where fields overflow. */
  private static long stamp(SplittableRandom random) {
    long near = random.nextLong(-3, 4);
    return switch (random.nextInt(5)) {
      case 0 -> near;
      case 1 -> Long.MIN_VALUE + near;
      case 2 -> (random.nextLong() << 32) + near;
      case 3 -> (random.nextLong(0, 4) << 62) + random.nextLong(1L << 33);
      default -> random.nextLong();
    };
  }

  private static BigDecimal nanos(long stampDifference) {
    return BigDecimal.valueOf(stampDifference)
        .multiply(BigDecimal.valueOf(NANOS_PER_SECOND))
        .divide(FRACTIONS);
  }

  @Test
  void shouldGiveBackEveryInstantFrom1958To2094WithinANanosecond() {
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < TRIALS; i++) {
      long second = random.nextLong(FIRST_SECOND, LAST_SECOND + 1);
      long epochNanos = second * NANOS_PER_SECOND + random.nextLong(NANOS_PER_SECOND);

      long back = NtpTimestamp.toEpochNanos(NtpTimestamp.ofEpochNanos(epochNanos));

      assertThat(back).as("%d", epochNanos).isBetween(epochNanos - 1, epochNanos + 1);
    }
  }

  @Test
  void shouldRoundToTheNearestNanosecondAndKeepOrderWhenStampsAreHostile() {
    SplittableRandom random = new SplittableRandom(18);
    for (int i = 0; i < TRIALS; i++) {
      long stamp = stamp(random);

      long epochNanos = NtpTimestamp.toEpochNanos(stamp);

      assertThat(Math.floorDiv(epochNanos, NANOS_PER_SECOND))
          .isBetween(FIRST_SECOND - 1, LAST_SECOND + 2);
      BigDecimal fractions = BigDecimal.valueOf(NtpTimestamp.ofEpochNanos(epochNanos) - stamp);
      assertThat(fractions.abs()).as("%x", stamp).isLessThanOrEqualTo(BigDecimal.valueOf(3));
    }
  }

  @Test
  void shouldSubtractAsExactlyAsNanosecondsAllowAlsoWhereStampsWrap() {
    SplittableRandom random = new SplittableRandom(19);
    for (int i = 0; i < TRIALS; i++) {
      long a = stamp(random);
      long b = random.nextBoolean() ? stamp(random) : a - stamp(random);

      long difference = NtpTimestamp.differenceNanos(a, b);

      assertThat(difference)
          .as("%x - %x", a, b)
          .isEqualTo(nanos(a - b).setScale(0, RoundingMode.FLOOR).longValueExact());
    }
  }

  @Test
  void shouldNeverStateLessThanTheShortFormatSays() {
    SplittableRandom random = new SplittableRandom(20);
    LongStream values =
        LongStream.concat(LongStream.of(0, 1, 65_535, 65_536), random.longs(TRIALS, 0, 1L << 32));

    values.forEach(
        value -> {
          BigDecimal exact =
              BigDecimal.valueOf(value)
                  .multiply(BigDecimal.valueOf(NANOS_PER_SECOND))
                  .divide(BigDecimal.valueOf(1L << 16));

          long nanos = NtpTimestamp.shortToNanos((int) value);

          assertThat(nanos)
              .as("%x", value)
              .isEqualTo(exact.setScale(0, RoundingMode.CEILING).longValueExact());
        });
  }
}
