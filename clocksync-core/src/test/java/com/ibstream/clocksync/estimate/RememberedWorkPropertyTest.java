package com.ibstream.clocksync.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.time.RateBounds;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What candidates remember saves work and changes nothing. */
class RememberedWorkPropertyTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long START = Long.MAX_VALUE - 3_000 * SECOND; // wraps on the way
  private static final int SOURCES = 5;
  private static final int MOST_SAMPLES = 24;
  private static final RateBounds FAR = new RateBounds(-15, 15);

  private final ClockEstimator estimator = new ClockEstimator(FAR, 2);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldEstimateTheSameAsIfNothingWereRemembered(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> kept = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      kept.add(new Candidate(address(i), List.of(sample(random, START + i))));
    }
    for (long turn = 1; turn <= 300; turn++) {
      long now = START + turn * 20 * SECOND;
      int speaker = random.nextInt(SOURCES);
      kept.set(speaker, kept.get(speaker).with(next(random, kept.get(speaker).samples(), now)));
      List<Candidate> present = kept.subList(0, random.nextInt(8) == 0 ? SOURCES - 1 : SOURCES);

      ClockEstimate estimate = estimator.estimate(present, SOURCES, false, now);

      List<Candidate> anew = new ArrayList<>();
      for (int i = 0; i < present.size(); i++) {
        anew.add(new Candidate(address(i), present.get(i).samples()));
      }
      assertThat(estimate)
          .as("seed %s, turn %s", seed, turn)
          .isEqualTo(new ClockEstimator(FAR, 2).estimate(anew, SOURCES, false, now));
    }
  }

  private static InetAddress address(int source) {
    return InetAddresses.forString("192.0.2." + (source + 1));
  }

  /** One more sample; now and then it drives out old ones, or some that lie. */
  private static List<NtpSample> next(SplittableRandom random, List<NtpSample> before, long now) {
    List<NtpSample> next = new ArrayList<>(before);
    if (next.size() == MOST_SAMPLES) {
      next.remove(0);
    }
    if (random.nextInt(10) == 0) {
      next.removeIf(sample -> random.nextInt(3) == 0);
    }
    next.add(sample(random, now));
    return next;
  }

  private static NtpSample sample(SplittableRandom random, long rawNanos) {
    long delay = random.nextLong(1, 40) * 1_000_000L; // often the same
    long lie = random.nextInt(12) == 0 ? SECOND : 0;
    long epoch =
        1_795_000_000L * SECOND + (rawNanos - START) + random.nextLong(-delay / 2, delay / 2);
    return new NtpSample(rawNanos, epoch + lie, delay, 0, 50_000, 100, 10, 1, 7, 0, false);
  }
}
