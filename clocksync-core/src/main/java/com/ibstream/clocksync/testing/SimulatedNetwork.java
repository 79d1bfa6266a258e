package com.ibstream.clocksync.testing;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.seam.UdpTransport;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The servers of a simulated world and the packets under way. */
final class SimulatedNetwork implements UdpTransport {

  private static final int OUR_PORT = 40_000;
  private static final InetSocketAddress OUR_ADDRESS = at("127.0.0.1");
  private static final InetSocketAddress OUR_ADDRESS_6 = at("::1");

  private final SimulatedTime time;
  private final SplittableRandom random;
  private final Map<InetSocketAddress, SimulatedServer> servers = new HashMap<>();
  private boolean isDown;
  private long deafFromNanos;
  private long deafUntilNanos;

  SimulatedNetwork(SimulatedTime time, SplittableRandom random) {
    this.time = time;
    this.random = random;
  }

  private static InetSocketAddress at(String address) {
    return new InetSocketAddress(InetAddresses.forString(address), OUR_PORT);
  }

  void add(SimulatedServer server) {
    servers.put(server.address(), server);
  }

  void down(boolean newDown) {
    isDown = newDown;
  }

  /** What arrived in between and was not handed over yet is lost. */
  void deaf(long fromNanos, long untilNanos) {
    boolean isContinued = fromNanos == deafUntilNanos; // slept twice, and nothing ran in between
    deafFromNanos = isContinued ? deafFromNanos : fromNanos;
    deafUntilNanos = untilNanos;
  }

  @Override
  public UdpFlight send(InetSocketAddress server, byte[] payload, UdpReceiver receiver) {
    SimulatedServer host = servers.get(server);
    Flight flight = new Flight(time.clocks().monoNanos(), host, payload.clone(), receiver);
    if (isDown) {
      time.deliver(time.nowNanos(), new Failure(flight, UdpFailure.Kind.NETWORK_UNREACHABLE));
    } else if (host != null) {
      for (int i = 0; i < host.forgedCount(); i++) {
        forge(flight);
      }
      for (int i = host.path().requestCount(random); i > 0; i--) {
        time.happen(time.nowNanos() + host.path().thereNanos(random), flight);
      }
    }
    return flight;
  }

  private void forge(Flight flight) {
    long arrivesNanos = time.nowNanos() + random.nextLong(flight.host.forgedWithinNanos() + 1);
    byte[] forged = flight.host.forged(random.nextLong());
    time.deliver(arrivesNanos, new Answer(flight, flight.host.address(), forged, arrivesNanos));
  }

  private void answer(Flight flight) {
    SimulatedServer host = flight.host;
    if (host.isSilent()) {
      return;
    }
    if (host.isPortClosed()) {
      long arrivesNanos = time.nowNanos() + host.path().backNanos(random);
      time.deliver(arrivesNanos, new Failure(flight, UdpFailure.Kind.PORT_UNREACHABLE));
      return;
    }
    int copies = host.path().answerCount(random);
    if (copies > 0) {
      byte[] payload = host.answer(flight.request);
      long leavesNanos = time.nowNanos() + host.holdNanos();
      for (int i = 1; i <= copies; i++) {
        long arrivesNanos = leavesNanos + host.path().backNanos(random);
        byte[] copy = i == copies ? payload : payload.clone();
        time.deliver(arrivesNanos, new Answer(flight, host.answersFrom(), copy, arrivesNanos));
      }
    }
  }

  /** A request under way, and the port that waits for what comes back. */
  private final class Flight implements UdpFlight, Runnable {

    private final long sentMonoNanos;
    private final SimulatedServer host;
    private final byte[] request;
    private final UdpReceiver receiver;
    private boolean isClosed;

    Flight(long sentMonoNanos, SimulatedServer host, byte[] request, UdpReceiver receiver) {
      this.sentMonoNanos = sentMonoNanos;
      this.host = host;
      this.request = request;
      this.receiver = receiver;
    }

    @Override
    public long sentMonoNanos() {
      return sentMonoNanos;
    }

    @Override
    public void close() {
      isClosed = true;
    }

    /** The request reaches the server. */
    @Override
    public void run() {
      answer(this);
    }
  }

  /** A packet under way to us. */
  private final class Answer implements Runnable {

    private final Flight flight;
    private final InetSocketAddress from;
    private final byte[] payload;
    private final long arrivesNanos;

    Answer(Flight flight, InetSocketAddress from, byte[] payload, long arrivesNanos) {
      this.flight = flight;
      this.from = from;
      this.payload = payload;
      this.arrivesNanos = arrivesNanos;
    }

    @Override
    public void run() {
      boolean isLost = arrivesNanos >= deafFromNanos && arrivesNanos < deafUntilNanos;
      if (!flight.isClosed && !isLost) {
        boolean isVersion6 = from.getAddress() instanceof Inet6Address;
        InetSocketAddress local = isVersion6 ? OUR_ADDRESS_6 : OUR_ADDRESS;
        flight.receiver.received(from, local, payload, time.clocks().monoNanos());
      }
    }
  }

  /** Word from the network that a request did not get through. */
  private static final class Failure implements Runnable {

    private final Flight flight;
    private final UdpTransport.UdpFailure.Kind kind;

    Failure(Flight flight, UdpTransport.UdpFailure.Kind kind) {
      this.flight = flight;
      this.kind = kind;
    }

    @Override
    public void run() {
      if (!flight.isClosed) {
        flight.receiver.failed(new UdpFailure(kind, "simulated"));
      }
    }
  }
}
