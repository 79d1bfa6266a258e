package com.ibstream.clocksync.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.seam.SteadyClock;
import com.ibstream.clocksync.seam.UdpTransport.UdpFlight;
import com.ibstream.clocksync.time.RateBounds;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Exchanges with an honest server in a world with a known truth: any delays, any error of ruler and
 * server within what is claimed.
 */
class ExchangePropertyTest {

  private static final int TRIALS = 20_000;
  private static final long COOKIE = 0x0123_4567_89AB_CDEFL;
  private static final long MILLI = 1_000_000L;
  private static final long DAY = 86_400_000L * MILLI;
  private static final double RULER_PPM = 515;
  private static final RateBounds RATES = RateBounds.ofClockError(RULER_PPM);
  private static final double PPM = 1e-6;
  private static final NtpPolicy POLICY =
      new NtpPolicy(3_000 * MILLI, 3_000 * MILLI, RULER_PPM, 1_000);
  private static final InetSocketAddress SERVER =
      new InetSocketAddress(InetAddresses.forString("192.0.2.1"), 123);
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddresses.forString("198.51.100.20"), 40_000);

  /** One exchange: UTC against the ruler is known, and the sample is what the exchange proved. */
  private static final class Trial {

    private final double utcPerRuler;
    private final long sentEpochNanos;
    private final long sentMonoNanos;
    private final NtpSample sample;

    Trial(SplittableRandom random) {
      utcPerRuler = 1 + random.nextDouble(-RULER_PPM, RULER_PPM) * PPM;
      sentEpochNanos = PacketBuilder.EPOCH + random.nextLong(-9_000 * DAY, 9_000 * DAY);
      sentMonoNanos = random.nextLong();
      long thereNanos = delay(random);
      long heldNanos = random.nextLong(1, 50 * MILLI);
      long backNanos = delay(random);
      int rootDelayShort = random.nextInt(0, 6_554);
      int rootDispersionShort = random.nextInt(0, 6_554);
      long claimed =
          NtpTimestamp.shortToNanos(rootDelayShort) / 2
              + NtpTimestamp.shortToNanos(rootDispersionShort);
      long serverError = claimed == 0 ? 0 : random.nextLong(-claimed, claimed + 1);
      long receive = sentEpochNanos + thereNanos + serverError;
      long transmit = receive + heldNanos;
      byte[] answer =
          new PacketBuilder()
              .originate(COOKIE)
              .root(rootDelayShort, rootDispersionShort)
              .referenceEpochNanos(receive - 1_000 * MILLI)
              .receive(NtpTimestamp.ofEpochNanos(receive))
              .transmit(NtpTimestamp.ofEpochNanos(transmit))
              .build();
      sample = exchange(answer, thereNanos + heldNanos + backNanos);
    }

    /** Often one way takes nearly all of the delay: then the whole bound is needed. */
    private static long delay(SplittableRandom random) {
      return switch (random.nextInt(3)) {
        case 0 -> 1_000;
        case 1 -> random.nextLong(1_000, MILLI);
        default -> random.nextLong(MILLI, 1_000 * MILLI);
      };
    }

    private NtpSample exchange(byte[] answer, long utcNanos) {
      List<NtpOutcome> outcomes = new ArrayList<>();
      NtpExchange exchange =
          NtpExchange.start(
              (to, request, receiver) -> new Flight(sentMonoNanos),
              (atMonoNanos, task) -> {},
              SERVER,
              COOKIE,
              false,
              POLICY,
              SteadyClock.RULER,
              outcomes::add);
      exchange.received(SERVER, LOCAL, answer, sentMonoNanos + Math.round(utcNanos / utcPerRuler));
      assertThat(outcomes).first().isInstanceOf(NtpOutcome.Accepted.class);
      return ((NtpOutcome.Accepted) outcomes.get(0)).sample();
    }

    long truthAt(long monoNanos) {
      return sentEpochNanos + Math.round((monoNanos - sentMonoNanos) * utcPerRuler);
    }
  }

  private record Flight(long sentMonoNanos) implements UdpFlight {
    @Override
    public void close() {}
  }

  @Test
  void shouldHoldTheTruthHoweverTheDelayIsSplitAndHoweverWrongTheRulerIs() {
    SplittableRandom random = new SplittableRandom(31);
    double tightest = 1;
    for (int i = 0; i < TRIALS; i++) {
      Trial trial = new Trial(random);
      NtpSample sample = trial.sample;
      long ageNanos = random.nextLong(-DAY, DAY) >> random.nextInt(0, 40);
      long atRawNanos = sample.rawNanos() + ageNanos;

      long errorNow = Math.abs(trial.truthAt(sample.rawNanos()) - sample.epochNanos());

      assertThat(errorNow).as("trial %d", i).isLessThanOrEqualTo(sample.halfWidthNanos());
      assertThat(trial.truthAt(atRawNanos))
          .as("trial %d after %d ns", i, ageNanos)
          .isBetween(sample.earliestAt(atRawNanos, RATES), sample.latestAt(atRawNanos, RATES));
      tightest = Math.min(tightest, 1 - (double) errorNow / sample.halfWidthNanos());
    }
    assertThat(tightest).as("what the worst trial left of its bound").isLessThan(0.01);
  }

  @Test
  void shouldCallTheOffsetPositiveWhenTheLocalClockIsBehind() {
    SplittableRandom random = new SplittableRandom(32);
    for (int i = 0; i < TRIALS; i++) {
      Trial trial = new Trial(random);
      NtpSample sample = trial.sample;
      long behindNanos = sample.halfWidthNanos() + random.nextLong(1, DAY);
      long local = trial.truthAt(sample.rawNanos()) - behindNanos;

      long offsetNanos = sample.epochNanos() - local;

      assertThat(offsetNanos)
          .isPositive()
          .isBetween(behindNanos - sample.halfWidthNanos(), behindNanos + sample.halfWidthNanos());
    }
  }
}
