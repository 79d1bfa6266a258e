package com.ibstream.clocksync.testing;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.ntp.NtpTimestamp;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * An NTP server of a {@link SimulatedWorld}, honest unless told otherwise, and the path to it.
 * Setters may be called at any simulated time. NOT safe for threads.
 */
public final class SimulatedServer {

  private static final int HEADER_BYTES = 48;
  private static final int VERSION_4_SERVER = 0x24;
  private static final int LEAP_SHIFT = 6;
  private static final int PRECISION = -23;
  private static final int ORIGIN_AT = 40;
  private static final double NTP_SHORT_PER_NANO = 65536 / 1e9;
  private static final long REFERENCE_AGE_NANOS = 8_000_000_000L;

  private final InetSocketAddress address;
  private long errorNanos;
  private int stratum = 1;
  private int leapIndicator;
  private byte[] referenceId = "GPS".getBytes(StandardCharsets.US_ASCII);
  private long rootDelayNanos;
  private long rootDispersionNanos = 100_000;
  private long thereNanos = 5_000_000;
  private long backNanos = 5_000_000;
  private double jitterNanos;
  private double lossProbability;
  private boolean isSilent;

  SimulatedServer(String address, int port) {
    this.address = new InetSocketAddress(InetAddresses.forString(address), port);
  }

  /**
   * Makes the server lie.
   *
   * @param nanos served time minus true time
   * @return this server
   */
  public SimulatedServer error(long nanos) {
    errorNanos = nanos;
    return this;
  }

  /**
   * Sets what the server says of itself.
   *
   * @param newStratum 0 to 255; 0 makes the reference a kiss code
   * @param newReference up to four ASCII characters, or a dotted IPv4 address
   * @return this server
   */
  public SimulatedServer identity(int newStratum, String newReference) {
    stratum = newStratum;
    referenceId =
        InetAddresses.isInetAddress(newReference)
            ? InetAddresses.forString(newReference).getAddress()
            : newReference.getBytes(StandardCharsets.US_ASCII);
    return this;
  }

  /**
   * Sets the leap indicator.
   *
   * @param newLeapIndicator 0 to 3
   * @return this server
   */
  public SimulatedServer leap(int newLeapIndicator) {
    leapIndicator = newLeapIndicator;
    return this;
  }

  /**
   * Sets the server's own claimed error.
   *
   * @param delayNanos root delay
   * @param dispersionNanos root dispersion
   * @return this server
   */
  public SimulatedServer root(long delayNanos, long dispersionNanos) {
    rootDelayNanos = delayNanos;
    rootDispersionNanos = dispersionNanos;
    return this;
  }

  /**
   * Sets the path.
   *
   * @param newThereNanos least delay of a request
   * @param newBackNanos least delay of an answer
   * @param newJitterNanos mean of the exponential delay on top, each way
   * @return this server
   */
  public SimulatedServer path(long newThereNanos, long newBackNanos, double newJitterNanos) {
    thereNanos = newThereNanos;
    backNanos = newBackNanos;
    jitterNanos = newJitterNanos;
    return this;
  }

  /**
   * Makes the path lose packets.
   *
   * @param probability of losing a packet, each way, 0 to 1
   * @return this server
   */
  public SimulatedServer loss(double probability) {
    lossProbability = probability;
    return this;
  }

  /**
   * Makes the server die, or live again.
   *
   * @param newSilent whether it answers nobody
   * @return this server
   */
  public SimulatedServer silent(boolean newSilent) {
    isSilent = newSilent;
    return this;
  }

  /**
   * Where it is.
   *
   * @return address and port
   */
  public InetSocketAddress address() {
    return address;
  }

  boolean isLost(RandomGenerator random) {
    return isSilent || random.nextDouble() < lossProbability;
  }

  long thereNanos(RandomGenerator random) {
    return thereNanos + jitter(random);
  }

  long backNanos(RandomGenerator random) {
    return backNanos + jitter(random);
  }

  private long jitter(RandomGenerator random) {
    return Math.round(random.nextExponential() * jitterNanos);
  }

  /** The answer to a request that arrives at the given true time. */
  byte[] answer(byte[] request, long trueEpochNanos) {
    long servedNanos = trueEpochNanos + errorNanos;
    ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES);
    packet.put((byte) (leapIndicator << LEAP_SHIFT | VERSION_4_SERVER));
    packet.put((byte) stratum).put(request[2]).put((byte) PRECISION);
    packet.putInt((int) Math.ceil(rootDelayNanos * NTP_SHORT_PER_NANO));
    packet.putInt((int) Math.ceil(rootDispersionNanos * NTP_SHORT_PER_NANO));
    packet.put(referenceId, 0, Math.min(referenceId.length, Integer.BYTES));
    packet.position(16);
    packet.putLong(NtpTimestamp.ofEpochNanos(servedNanos - REFERENCE_AGE_NANOS));
    packet.put(request, ORIGIN_AT, Long.BYTES);
    packet.putLong(NtpTimestamp.ofEpochNanos(servedNanos));
    packet.putLong(NtpTimestamp.ofEpochNanos(servedNanos));
    return packet.array();
  }
}
