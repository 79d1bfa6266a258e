package com.ibstream.clocksync.testing;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * An NTP server of a {@link SimulatedWorld}, honest unless told otherwise, and the {@link
 * SimulatedPath} to it. Setters may be called at any simulated time and hold from then on. NOT safe
 * for threads.
 */
public final class SimulatedServer {

  private static final int COOKIE_AT = 40;

  private final SimulatedTime time;
  private final ServedClock clock;
  private final ServerHeader header;
  private final InetSocketAddress address;
  private InetSocketAddress answersFrom;
  private SimulatedPath path = new SimulatedPath();
  private UnaryOperator<byte[]> tampering = UnaryOperator.identity();
  private long holdNanos;
  private long receiveShiftNanos;
  private long transmitShiftNanos;
  private boolean isSilent;
  private boolean isPortClosed;
  private int forgedCount;
  private long forgedErrorNanos;
  private long forgedWithinNanos;

  SimulatedServer(InetSocketAddress address, SimulatedTime time) {
    this.address = address;
    this.answersFrom = address;
    this.time = time;
    this.clock = new ServedClock(time);
    this.header = new ServerHeader(time);
  }

  /**
   * The clock that it serves, to be drifted, smeared and so on.
   *
   * @return to be changed at will
   */
  public ServedClock clock() {
    return clock;
  }

  /**
   * Makes the server lie, or steps its clock; shorthand for {@link ServedClock#error}.
   *
   * @param nanos served time minus true time
   * @return this server
   */
  public SimulatedServer error(long nanos) {
    clock.error(nanos);
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
    header.identity(newStratum, newReference);
    return this;
  }

  /**
   * Sets the leap indicator.
   *
   * @param newLeapIndicator 0 to 3
   * @return this server
   */
  public SimulatedServer leap(int newLeapIndicator) {
    header.leap(newLeapIndicator);
    return this;
  }

  /**
   * Sets the server's own claimed error. Nothing holds the claim to the truth.
   *
   * @param delayNanos root delay
   * @param dispersionNanos root dispersion
   * @return this server
   */
  public SimulatedServer root(long delayNanos, long dispersionNanos) {
    header.root(delayNanos, dispersionNanos);
    return this;
  }

  /**
   * Makes the server lose its own source, or find it again. While it is lost the root dispersion
   * grows by 15 ppm and the reference time stands still, as honest servers do; what the clock does
   * meanwhile is up to {@link #clock}.
   *
   * @param newLost whether it is lost
   * @return this server
   */
  public SimulatedServer sourceLost(boolean newLost) {
    header.sourceLost(newLost);
    return this;
  }

  /**
   * Sets how long the server holds a request, with honest stamps before and after.
   *
   * @param nanos from receive to transmit
   * @return this server
   */
  public SimulatedServer hold(long nanos) {
    holdNanos = nanos;
    return this;
  }

  /**
   * Makes the server stamp wrongly: with receive early and transmit late the delay looks negative.
   *
   * @param receiveNanos added to the receive stamp
   * @param transmitNanos added to the transmit stamp
   * @return this server
   */
  public SimulatedServer stamps(long receiveNanos, long transmitNanos) {
    receiveShiftNanos = receiveNanos;
    transmitShiftNanos = transmitNanos;
    return this;
  }

  /**
   * Changes every answer before it leaves; see {@link Tampering} for common ways.
   *
   * @param newTampering gets the packet, which it may change, and returns the one to send
   * @return this server
   */
  public SimulatedServer tamper(UnaryOperator<byte[]> newTampering) {
    tampering = newTampering;
    return this;
  }

  /**
   * Makes the answers come from elsewhere.
   *
   * @param otherAddress literal address; the port stays
   * @return this server
   */
  public SimulatedServer answersFrom(String otherAddress) {
    answersFrom = new InetSocketAddress(InetAddresses.forString(otherAddress), address.getPort());
    return this;
  }

  /**
   * Has somebody who cannot see the requests forge answers to each of them, in this server's name:
   * well-formed, but with a guessed cookie.
   *
   * @param count forged answers for each request; zero ends it
   * @param errorNanos time in them minus true time
   * @param within they arrive at random moments until so long after the request was sent: before
   *     the true answer if this is less than the round trip
   * @return this server
   */
  public SimulatedServer forge(int count, long errorNanos, Duration within) {
    forgedCount = count;
    forgedErrorNanos = errorNanos;
    forgedWithinNanos = within.toNanos();
    return this;
  }

  /**
   * Sets the path.
   *
   * @param thereNanos least delay of a request
   * @param backNanos least delay of an answer
   * @param jitterNanos mean of the exponential delay on top, each way
   * @return this server
   */
  public SimulatedServer path(long thereNanos, long backNanos, double jitterNanos) {
    path.delay(thereNanos, backNanos).jitter(jitterNanos, jitterNanos);
    return this;
  }

  /**
   * Changes the route: packets that set out from now on take another path.
   *
   * @param newPath may be shared with other servers
   * @return this server
   */
  public SimulatedServer path(SimulatedPath newPath) {
    path = newPath;
    return this;
  }

  /**
   * The path to this server and back.
   *
   * @return to be changed at will
   */
  public SimulatedPath path() {
    return path;
  }

  /**
   * Makes the path lose packets.
   *
   * @param probability of losing a packet, each way, 0 to 1
   * @return this server
   */
  public SimulatedServer loss(double probability) {
    path.loss(probability, probability);
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
   * Ends the service on a host that lives on and says so, or starts it again.
   *
   * @param newClosed whether the network reports the port as unreachable
   * @return this server
   */
  public SimulatedServer portClosed(boolean newClosed) {
    isPortClosed = newClosed;
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

  InetSocketAddress answersFrom() {
    return answersFrom;
  }

  boolean isSilent() {
    return isSilent;
  }

  boolean isPortClosed() {
    return isPortClosed;
  }

  long holdNanos() {
    return holdNanos;
  }

  int forgedCount() {
    return forgedCount;
  }

  long forgedWithinNanos() {
    return forgedWithinNanos;
  }

  /** The answer to a request that arrives now. */
  byte[] answer(byte[] request) {
    long nowNanos = time.nowNanos();
    long cookie = ByteBuffer.wrap(request).getLong(COOKIE_AT);
    return tampering.apply(
        header.packet(
            cookie,
            clock.epochNanos(nowNanos) + receiveShiftNanos,
            clock.epochNanos(nowNanos + holdNanos) + transmitShiftNanos));
  }

  /** What somebody else sends in the name of this server. */
  byte[] forged(long guessedCookie) {
    long epochNanos = time.utcEpochNanos() + forgedErrorNanos;
    return header.packet(guessedCookie, epochNanos, epochNanos);
  }
}
