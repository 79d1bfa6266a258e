package com.ibstream.clocksync.seam;

import java.net.InetSocketAddress;

/** Sends datagrams and hands over what comes back. */
@FunctionalInterface
public interface UdpTransport {

  /**
   * Sends one datagram from a fresh local port and listens there until the flight is closed. Never
   * blocks, never throws for what the world does: a failure is told to the receiver, at once or
   * later. Receiver calls come on the thread of the {@link Scheduler} that belongs to this
   * transport, which is also the only thread that may call this method.
   *
   * @param server where to; must be resolved
   * @param payload the datagram; not kept
   * @param receiver told of answers and failures until the flight is closed
   * @return the flight, with the instant of sending
   */
  UdpFlight send(InetSocketAddress server, byte[] payload, UdpReceiver receiver);

  /** One datagram under way, and the port that waits for answers to it. */
  interface UdpFlight extends AutoCloseable {

    /**
     * The instant just before the datagram was handed to the operating system.
     *
     * @return nanoseconds of the ruler
     */
    long sentMonoNanos();

    /** Stops listening; what arrives later is nobody's. May be called twice. */
    @Override
    void close();
  }

  /** Is told what happens to a datagram. */
  interface UdpReceiver {

    /**
     * A datagram came to the port of this flight.
     *
     * @param from who claims to have sent it
     * @param local the local address it came to
     * @param payload its bytes, at most 1,024 of them; owned by the callee
     * @param monoNanos the instant of reception on the ruler
     */
    void received(InetSocketAddress from, InetSocketAddress local, byte[] payload, long monoNanos);

    /**
     * The datagram could not be sent, or the network said that it cannot be delivered.
     *
     * @param failure what is known
     */
    void failed(UdpFailure failure);
  }

  /**
   * Why a datagram did not get through, as far as the network told.
   *
   * @param kind the reason
   * @param detail the operating system's words, for people
   */
  record UdpFailure(Kind kind, String detail) {

    /** The reasons that a network gives. */
    public enum Kind {
      /** Nobody listens at that port. */
      PORT_UNREACHABLE,
      /** No route to that network or host, or sending is not permitted. */
      NETWORK_UNREACHABLE
    }
  }
}
