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

/**
 * One request to one server and the wait for its answer, timed on the ruler. Monitor thread only.
 *
 * <p>The request carries a random cookie in its transmit stamp. A packet that does not bring it
 * back from the very address that was asked is counted and ignored, so that somebody who cannot see
 * our request can neither answer it nor end it.
 *
 * <p>The port listens on for a while after the end, so that a second answer and one that comes too
 * late are seen and counted. They change nothing that the exchange said, and are never a sample; a
 * kiss that comes too late is not obeyed either, its server repeats it.
 */
public final class NtpExchange implements UdpReceiver {

  private static final double PPM = 1e-6;

  /**
   * How many packets that are not ours are counted for each exchange; a flood says nothing more.
   */
  static final int MAX_IGNORED = 64;

  /** How long the port listens on behind an answer: for a second one. */
  static final long DUPLICATE_GRACE_NANOS = 2_000_000_000L;

  /** How long the port listens on behind the time limit: for an answer that comes late. */
  static final long LATE_GRACE_NANOS = 10_000_000_000L;

  private final InetSocketAddress server;
  private final long cookie;
  private final boolean isUndisciplinedAllowed;
  private final NtpPolicy policy;
  private final SteadyClock clock;
  private final Scheduler scheduler;
  private final Listener listener;
  private final List<NtpRejection> ignored = new ArrayList<>();
  private SteadyClock.Stamp sent = new SteadyClock.Stamp(0, 0);
  private Optional<UdpFlight> flight = Optional.empty();
  private Optional<Long> listensUntilMonoNanos = Optional.empty();
  private NtpRejection furtherAnswer = NtpRejection.DUPLICATE;
  private int ignoredCount;
  private boolean isFinished;
  private boolean isClosed;

  /** Is told what became of a request, on the scheduler's thread. */
  @FunctionalInterface
  public interface Listener {

    /**
     * The exchange has ended. Called once, unless it is abandoned.
     *
     * @param outcome how
     */
    void ended(NtpOutcome outcome);

    /**
     * A packet came to the port of an exchange that has ended: it counts, and changes nothing.
     *
     * @param reason what it was; {@link NtpRejection#DUPLICATE}, {@link NtpRejection#LATE_REPLY},
     *     or why it is not ours
     */
    default void straggled(NtpRejection reason) {}
  }

  private NtpExchange(
      InetSocketAddress server,
      long cookie,
      boolean isUndisciplinedAllowed,
      NtpPolicy policy,
      SteadyClock clock,
      Scheduler scheduler,
      Listener listener) {
    this.server = server;
    this.cookie = cookie;
    this.isUndisciplinedAllowed = isUndisciplinedAllowed;
    this.policy = policy;
    this.clock = clock;
    this.scheduler = scheduler;
    this.listener = listener;
  }

  /**
   * Sends a request. The outcome is told once, within the policy's time limit, on the scheduler's
   * thread, possibly before this method returns. The port stays open for a bounded time behind it,
   * see {@link #close()}.
   *
   * @param transport carries the packets
   * @param scheduler keeps the time limit
   * @param server where to, resolved
   * @param cookie a random number that nobody else can guess
   * @param isUndisciplinedAllowed whether the server may follow its own clock
   * @param policy limits
   * @param clock times the round trip
   * @param listener told the outcome, and what comes behind it
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
      Listener listener) {
    NtpExchange exchange =
        new NtpExchange(server, cookie, isUndisciplinedAllowed, policy, clock, scheduler, listener);
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
    if (isClosed || flight.isEmpty()) {
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
    if (isFinished) {
      ignore(furtherAnswer);
      furtherAnswer = NtpRejection.DUPLICATE;
      return;
    }
    listensUntilMonoNanos = Optional.of(monoNanos + DUPLICATE_GRACE_NANOS);
    judge(packet, local.getAddress(), clock.at(monoNanos));
  }

  @Override
  public void failed(UdpFailure failure) {
    NtpRejection reason =
        switch (failure.kind()) {
          case PORT_UNREACHABLE -> NtpRejection.PORT_UNREACHABLE;
          case NETWORK_UNREACHABLE -> NtpRejection.NETWORK_UNREACHABLE;
        };
    if (isFinished) {
      close(); // the network speaks of a request that is over
    } else {
      refuse(reason, failure.detail());
    }
  }

  /**
   * Whether there is an outcome, or will be none.
   *
   * @return true also while the port listens on
   */
  public boolean isFinished() {
    return isFinished;
  }

  /** Stops listening. An exchange that has no outcome yet gets none: nobody wants to know it. */
  public void close() {
    isFinished = true;
    isClosed = true;
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
                NtpValidator.isReferenceStale(packet)),
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
    boolean isCounted = ignoredCount < MAX_IGNORED;
    ignoredCount += isCounted ? 1 : 0;
    if (isFinished && isCounted) {
      listener.straggled(reason);
    } else if (isFinished) {
      close(); // a flood, and nothing to wait for
    } else if (isCounted) {
      ignored.add(reason);
    }
  }

  private void expire() {
    if (isFinished) {
      return;
    }
    listensUntilMonoNanos =
        flight
            .map(UdpFlight::sentMonoNanos)
            .map(sent -> sent + policy.timeoutNanos() + LATE_GRACE_NANOS);
    furtherAnswer = NtpRejection.LATE_REPLY;
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
    try {
      if (listensUntilMonoNanos.isPresent()) {
        scheduler.schedule(listensUntilMonoNanos.get(), this::close);
      } else {
        close();
      }
    } finally {
      listener.ended(outcome); // also if that cannot be planned: else it would be awaited for good
    }
  }
}
