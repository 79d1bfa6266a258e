package com.ibstream.clocksync.ntp;

import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.seam.Scheduler;
import com.ibstream.clocksync.seam.SteadyClock;
import com.ibstream.clocksync.seam.UdpTransport;
import com.ibstream.clocksync.seam.UdpTransport.UdpFailure;
import com.ibstream.clocksync.seam.UdpTransport.UdpFlight;
import com.ibstream.clocksync.seam.UdpTransport.UdpReceiver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One request to one server and the wait for its answer, timed on the ruler. Monitor thread only.
 *
 * <p>The request carries a random cookie in its transmit stamp. A packet that does not bring it
 * back from the very address that was asked is counted and ignored, so that somebody who cannot see
 * our request can neither answer it nor end it.
 */
public final class NtpExchange implements UdpReceiver {

  private static final double PPM = 1e-6;

  /**
   * How many packets that are not ours are counted for each exchange; a flood says nothing more.
   */
  private static final int MAX_IGNORED = 64;

  private final InetSocketAddress server;
  private final long cookie;
  private final boolean isUndisciplinedAllowed;
  private final NtpPolicy policy;
  private final SteadyClock clock;
  private final Consumer<NtpOutcome> done;
  private final List<NtpRejection> ignored = new ArrayList<>();
  private SteadyClock.Stamp sent = new SteadyClock.Stamp(0, 0);
  private Optional<UdpFlight> flight = Optional.empty();
  private boolean isFinished;

  private NtpExchange(
      InetSocketAddress server,
      long cookie,
      boolean isUndisciplinedAllowed,
      NtpPolicy policy,
      SteadyClock clock,
      Consumer<NtpOutcome> done) {
    this.server = server;
    this.cookie = cookie;
    this.isUndisciplinedAllowed = isUndisciplinedAllowed;
    this.policy = policy;
    this.clock = clock;
    this.done = done;
  }

  /**
   * Sends a request. The outcome is told once, within the policy's time limit, on the scheduler's
   * thread, possibly before this method returns.
   *
   * @param transport carries the packets
   * @param scheduler keeps the time limit
   * @param server where to, resolved
   * @param cookie a random number that nobody else can guess
   * @param isUndisciplinedAllowed whether the server may follow its own clock
   * @param policy limits
   * @param clock times the round trip
   * @param done told the outcome
   * @return the exchange
   */
  public static NtpExchange start(
      UdpTransport transport,
      Scheduler scheduler,
      InetSocketAddress server,
      long cookie,
      boolean isUndisciplinedAllowed,
      NtpPolicy policy,
      SteadyClock clock,
      Consumer<NtpOutcome> done) {
    NtpExchange exchange =
        new NtpExchange(server, cookie, isUndisciplinedAllowed, policy, clock, done);
    UdpFlight flight = transport.send(server, NtpPacket.request(cookie), exchange);
    exchange.flight = Optional.of(flight);
    exchange.sent = clock.at(flight.sentMonoNanos());
    if (exchange.isFinished) {
      flight.close();
    } else {
      scheduler.schedule(flight.sentMonoNanos() + policy.timeoutNanos(), exchange::expire);
    }
    return exchange;
  }

  @Override
  public void received(
      InetSocketAddress from, InetSocketAddress local, byte[] payload, long monoNanos) {
    if (isFinished || flight.isEmpty()) {
      return;
    }
    if (!from.equals(server)) {
      ignore(NtpRejection.WRONG_ADDRESS);
      return;
    }
    Optional<NtpPacket> parsed = NtpPacket.parse(payload);
    if (parsed.isEmpty()) {
      ignore(NtpRejection.SHORT_PACKET);
      return;
    }
    NtpPacket packet = parsed.get();
    Optional<NtpRejection> notOurs = NtpValidator.notOurs(packet, cookie);
    if (notOurs.isPresent()) {
      ignore(notOurs.get());
      return;
    }
    judge(packet, local.getAddress(), clock.at(monoNanos));
  }

  @Override
  public void failed(UdpFailure failure) {
    NtpRejection reason =
        switch (failure.kind()) {
          case PORT_UNREACHABLE -> NtpRejection.PORT_UNREACHABLE;
          case NETWORK_UNREACHABLE -> NtpRejection.NETWORK_UNREACHABLE;
        };
    refuse(reason, failure.detail());
  }

  /** Ends the exchange without an outcome: nobody wants to know any more. */
  public void abandon() {
    isFinished = true;
    flight.ifPresent(UdpFlight::close);
  }

  private void judge(NtpPacket packet, InetAddress local, SteadyClock.Stamp received) {
    Optional<NtpRejection> unfit =
        NtpValidator.unfit(packet, policy, local, isUndisciplinedAllowed);
    if (unfit.isPresent()) {
      refuse(unfit.get(), detail(unfit.get(), packet));
      return;
    }
    long roundTripNanos = received.rawNanos() - sent.rawNanos();
    long heldNanos = NtpTimestamp.differenceNanos(packet.transmit(), packet.receive());
    long precisionNanos =
        packet.precisionNanos()
            + policy.rulerPrecisionNanos()
            + sent.halfWidthNanos()
            + received.halfWidthNanos();
    // What our clock itself may have lost between sending and receiving.
    long rulerErrorNanos = (long) Math.ceil(roundTripNanos * (policy.rulerErrorPpm() * PPM));
    long delayNanos = roundTripNanos - heldNanos;
    if (delayNanos < -(precisionNanos + rulerErrorNanos)) {
      refuse(NtpRejection.NEGATIVE_DELAY, delayNanos + " ns");
      return;
    }
    finish(
        new NtpOutcome.Accepted(
            new NtpSample(
                sent.rawNanos() + roundTripNanos / 2,
                NtpTimestamp.toEpochNanos(packet.receive()) + heldNanos / 2,
                Math.max(0, delayNanos),
                packet.rootDelayNanos(),
                packet.rootDispersionNanos(),
                precisionNanos,
                NtpSample.halfUp(rulerErrorNanos),
                packet.stratum(),
                packet.referenceId(),
                packet.leapIndicator(),
                packet.referenceTime() == 0),
            ignored));
  }

  private static String detail(NtpRejection reason, NtpPacket packet) {
    return switch (reason) {
      case KISS_OTHER, SELF_REFERENCE, LOOP ->
          ReferenceId.text(packet.referenceId(), packet.stratum());
      case STRATUM_TOO_HIGH -> "stratum " + packet.stratum();
      default -> "";
    };
  }

  private void ignore(NtpRejection reason) {
    if (ignored.size() < MAX_IGNORED) {
      ignored.add(reason);
    }
  }

  private void expire() {
    // Rubbish that came instead of an answer says more than the silence behind it.
    refuse(ignored.isEmpty() ? NtpRejection.TIMEOUT : ignored.remove(ignored.size() - 1), "");
  }

  private void refuse(NtpRejection reason, String detail) {
    if (!isFinished) {
      finish(new NtpOutcome.Refused(reason, detail, ignored));
    }
  }

  private void finish(NtpOutcome outcome) {
    isFinished = true;
    flight.ifPresent(UdpFlight::close);
    done.accept(outcome);
  }
}
