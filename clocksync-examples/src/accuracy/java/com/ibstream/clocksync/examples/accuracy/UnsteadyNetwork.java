package com.ibstream.clocksync.examples.accuracy;

import com.ibstream.clocksync.examples.accuracy.DelayedLink.Chance;
import com.ibstream.clocksync.examples.accuracy.DelayedLink.RandomDelay;
import com.ibstream.clocksync.examples.loopback.LoopbackNtpServer;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.time.Ruler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Five honest servers, each at the far end of a {@link DelayedLink} of its own. */
final class UnsteadyNetwork implements AutoCloseable {

  /** How long every datagram is under way at least, each way. */
  static final long FIXED_NANOS = 5_000_000L;

  /** The mean of what comes on top: exponentially distributed, drawn anew for each datagram. */
  static final long MEAN_JITTER_NANOS = 3_000_000L;

  private static final List<String> REFERENCES = List.of("GPS", "PPS", "GLNS", "DCF", "MSF");

  private final List<LoopbackNtpServer> servers = new ArrayList<>();
  private final List<DelayedLink> links = new ArrayList<>();
  private final Collection<Long> lateNanos = new ConcurrentLinkedQueue<>();

  private UnsteadyNetwork() {}

  /**
   * Starts servers and links.
   *
   * @param ruler by which datagrams are held
   * @param time what all servers serve
   * @param seed of all delays: the n-th datagram on a link in one direction has the same delay in
   *     every run
   * @return the running network
   * @throws IOException if there are no free ports
   */
  static UnsteadyNetwork start(Ruler ruler, ServedTime time, long seed) throws IOException {
    UnsteadyNetwork network = new UnsteadyNetwork();
    SplittableRandom random = new SplittableRandom(seed);
    RandomDelay delay = new RandomDelay(FIXED_NANOS, MEAN_JITTER_NANOS);
    try {
      for (String reference : REFERENCES) {
        LoopbackNtpServer server = LoopbackNtpServer.start(reference, time);
        network.servers.add(server);
        network.links.add(
            DelayedLink.open(
                ruler,
                socketAddress(server),
                delay,
                new Chance(random.split(), random.split()),
                network.lateNanos::add));
      }
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  /** Where clients find the five servers. */
  List<InetSocketAddress> addresses() {
    return links.stream().map(DelayedLink::address).toList();
  }

  /** By how much each datagram so far was held longer than drawn, nanoseconds. */
  List<Long> lateNanos() {
    return List.copyOf(lateNanos);
  }

  @Override
  public void close() {
    links.forEach(DelayedLink::close);
    servers.forEach(LoopbackNtpServer::close);
  }

  private static InetSocketAddress socketAddress(LoopbackNtpServer server) {
    URI address = URI.create("ntp://" + server.address());
    return new InetSocketAddress(address.getHost(), address.getPort());
  }
}
