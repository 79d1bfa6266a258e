package com.ibstream.clocksync.fuzz;

import static com.ibstream.clocksync.fuzz.Invariant.require;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.ntp.NtpExchange;
import com.ibstream.clocksync.ntp.NtpOutcome;
import com.ibstream.clocksync.ntp.NtpPolicy;
import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.ntp.NtpTimestamp;
import com.ibstream.clocksync.seam.SteadyClock;
import com.ibstream.clocksync.seam.UdpTransport.UdpFlight;
import com.ibstream.clocksync.time.RateBounds;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes as the answer to a request. Input: four bytes of round trip (ns), one of circumstances,
 * then the packet.
 */
public final class AnswerFuzz {

  private static final long COOKIE = 0x0123_4567_89AB_CDEFL;
  private static final NtpPolicy POLICY =
      new NtpPolicy(1_000_000_000L, 3_000_000_000L, 515, 1_000L);
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal ERA_FRACTION = BigDecimal.valueOf(1L << 32);
  private static final BigDecimal SHORT_FRACTION = BigDecimal.valueOf(1L << 16);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final int CIRCUMSTANCES_BYTES = 5;
  private static final int COOKIE_AT = 24;

  /** Longest half width of what is accepted: root distance, half the round trip, and change. */
  private static final long WIDEST_NANOS = 5_000_000_000L;

  private AnswerFuzz() {}

  /** Tries one input. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length < CIRCUMSTANCES_BYTES) {
      return;
    }
    long roundTripNanos = ByteBuffer.wrap(data).getInt() & Integer.MAX_VALUE;
    int circumstances = data[4];
    byte[] packet = Arrays.copyOfRange(data, CIRCUMSTANCES_BYTES, data.length);
    if ((circumstances & 1) != 0 && packet.length >= COOKIE_AT + Long.BYTES) {
      ByteBuffer.wrap(packet).putLong(COOKIE_AT, COOKIE);
    }
    long sentMonoNanos = (circumstances & 2) == 0 ? 0 : Long.MAX_VALUE - roundTripNanos / 3;
    boolean isUndisciplinedAllowed = (circumstances & 4) != 0;
    InetAddress local =
        InetAddresses.forString((circumstances & 8) == 0 ? "198.51.100.20" : "2001:db8::20");

    NtpOutcome outcome =
        exchange(packet, local, sentMonoNanos, roundTripNanos, isUndisciplinedAllowed);

    if (outcome instanceof NtpOutcome.Accepted accepted) {
      requireGoodAnswer(packet, roundTripNanos, isUndisciplinedAllowed);
      requireSoundSample(accepted.sample(), packet, sentMonoNanos, roundTripNanos);
    }
  }

  private static NtpOutcome exchange(
      byte[] packet,
      InetAddress local,
      long sentMonoNanos,
      long roundTripNanos,
      boolean isUndisciplinedAllowed) {
    List<NtpOutcome> outcomes = new ArrayList<>();
    List<Runnable> timers = new ArrayList<>();
    InetSocketAddress server = new InetSocketAddress(InetAddresses.forString("192.0.2.1"), 123);
    NtpExchange exchange =
        NtpExchange.start(
            (to, request, receiver) -> new Flight(sentMonoNanos),
            (atMonoNanos, task) -> timers.add(task),
            server,
            COOKIE,
            isUndisciplinedAllowed,
            POLICY,
            SteadyClock.RULER,
            outcomes::add);
    InetSocketAddress ours = new InetSocketAddress(local, 40_000);
    exchange.received(server, ours, packet.clone(), sentMonoNanos + roundTripNanos);
    exchange.received(server, ours, packet.clone(), sentMonoNanos + roundTripNanos + 1);
    List.copyOf(timers).forEach(Runnable::run); // one that runs may plan another
    require(outcomes.size() == 1, "an exchange has one outcome, not %s", outcomes);
    return outcomes.get(0);
  }

  /** 73 years; beyond, nanoseconds since 1970 do not fit into a long. */
  private static final int FARTHEST_AGE_BITS = 61;

  private record Flight(long sentMonoNanos) implements UdpFlight {
    @Override
    public void close() {}
  }

  /** What an answer needs to be accepted, read from the bytes once more and computed exactly. */
  private static void requireGoodAnswer(
      byte[] bytes, long roundTripNanos, boolean isUndisciplinedAllowed) {
    require(bytes.length >= 48, "accepted %d bytes", bytes.length);
    ByteBuffer packet = ByteBuffer.wrap(bytes);
    int first = bytes[0] & 0xFF;
    int version = first >> 3 & 7;
    int stratum = bytes[1] & 0xFF;
    require(first >> 6 != 3, "accepted a server that is not synchronised");
    require(version == 3 || version == 4, "accepted version %d", version);
    require((first & 7) == 4, "accepted mode %d", first & 7);
    require(stratum >= 1 && stratum <= 15, "accepted stratum %d", stratum);
    require(packet.getLong(COOKIE_AT) == COOKIE, "accepted a wrong cookie");
    require(packet.getLong(32) != 0 && packet.getLong(40) != 0, "accepted a zero stamp");
    require(packet.getLong(40) - packet.getLong(32) >= 0, "accepted T3 < T2");
    long reference = packet.getLong(16);
    require(
        reference == 0 || packet.getLong(40) - reference >= 0,
        "accepted a reference newer than the answer");
    String name = new String(bytes, 12, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
    require(isUndisciplinedAllowed || !name.equals("LOCL"), "accepted an undisciplined server");

    BigDecimal precision = precisionNanos(bytes);
    BigDecimal distance =
        rootDelayNanos(packet).divide(TWO).add(rootDispersionNanos(packet)).add(precision);
    require(
        distance.compareTo(BigDecimal.valueOf(POLICY.maxRootDistanceNanos())) <= 0,
        "accepted a root distance of %s ns",
        distance);
    BigDecimal allowed =
        precision.add(BigDecimal.valueOf(POLICY.rulerPrecisionNanos() + roundTripNanos / 1_900));
    require(
        delayNanos(packet, roundTripNanos).add(allowed).compareTo(BigDecimal.valueOf(-3)) >= 0,
        "accepted a delay of %s ns with precisions of %s ns",
        delayNanos(packet, roundTripNanos),
        allowed);
  }

  private static void requireSoundSample(
      NtpSample sample, byte[] bytes, long sentMonoNanos, long roundTripNanos) {
    ByteBuffer packet = ByteBuffer.wrap(bytes);
    long half = sample.halfWidthNanos();
    BigDecimal proved =
        delayNanos(packet, roundTripNanos)
            .max(BigDecimal.ZERO)
            .add(rootDelayNanos(packet))
            .divide(TWO)
            .add(rootDispersionNanos(packet))
            .add(precisionNanos(bytes));
    require(
        BigDecimal.valueOf(half).compareTo(proved) >= 0 && half <= WIDEST_NANOS,
        "half width %d ns, but the packet proves %s",
        half,
        proved);
    long middle = packet.getLong(32) + (packet.getLong(40) - packet.getLong(32)) / 2;
    long fractions = NtpTimestamp.ofEpochNanos(sample.epochNanos()) - middle;
    require(Math.abs(fractions) <= 9, "UTC is off by %d / 2^32 s", fractions);
    require(
        sample.rawNanos() - sentMonoNanos == roundTripNanos / 2, "not the middle of the exchange");
    long previous = 2 * half;
    for (int bits = 0; bits <= FARTHEST_AGE_BITS; bits++) {
      long later = width(sample, 1L << bits);
      long sooner = width(sample, -(1L << bits));
      require(later == sooner, "widths %d and %d ns at the same age", later, sooner);
      require(later >= previous, "width shrinks from %d to %d ns with age", previous, later);
      previous = later;
    }
    require(!sample.referenceText().isEmpty(), "a reference has a text");
    require(!sample.hasParent() || sample.stratum() > 1, "a parent at stratum 1");
  }

  private static long width(NtpSample sample, long ageNanos) {
    RateBounds rates = RateBounds.ofClockError(POLICY.rulerErrorPpm());
    long at = sample.rawNanos() + ageNanos;
    return sample.latestAt(at, rates) - sample.earliestAt(at, rates);
  }

  private static BigDecimal delayNanos(ByteBuffer packet, long roundTripNanos) {
    BigDecimal held =
        BigDecimal.valueOf(packet.getLong(40) - packet.getLong(32))
            .multiply(NANOS_PER_SECOND)
            .divide(ERA_FRACTION);
    return BigDecimal.valueOf(roundTripNanos).subtract(held);
  }

  private static BigDecimal rootDelayNanos(ByteBuffer packet) {
    return shortNanos(packet.getInt(4));
  }

  private static BigDecimal rootDispersionNanos(ByteBuffer packet) {
    return shortNanos(packet.getInt(8));
  }

  private static BigDecimal shortNanos(int ntpShort) {
    return BigDecimal.valueOf(Integer.toUnsignedLong(ntpShort))
        .multiply(NANOS_PER_SECOND)
        .divide(SHORT_FRACTION);
  }

  private static BigDecimal precisionNanos(byte[] bytes) {
    return new BigDecimal(Math.scalb(1.0, bytes[3])).multiply(NANOS_PER_SECOND);
  }
}
