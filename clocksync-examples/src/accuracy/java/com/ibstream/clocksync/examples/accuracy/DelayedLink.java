package com.ibstream.clocksync.examples.accuracy;

import com.ibstream.clocksync.time.Ruler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * The network between a client and one NTP server: a relay on loopback that holds each datagram for
 * a while, requests before the server sees them and answers after it sent them. Each way has delays
 * of its own.
 *
 * <p>A thread for each way takes one datagram after the other, as a line does; a client that has
 * one exchange with a server under way, like all of ours, never waits for another's datagram. Close
 * it before the server behind it.
 */
final class DelayedLink implements AutoCloseable {

  private static final int MAX_DATAGRAM_BYTES = 1024;
  private static final int HEADER_BYTES = 48;
  private static final int ORIGIN_AT = 24;
  private static final int TRANSMIT_AT = 40;

  /** Parked threads wake late by less than this, mostly; the rest of the time is spun away. */
  private static final long SPIN_NANOS = 120_000L;

  private final Ruler ruler;
  private final DatagramSocket front;
  private final DatagramSocket back;
  private final LongConsumer lateNanos;
  private final Map<Long, SocketAddress> clientByCookie = new ConcurrentHashMap<>();

  private DelayedLink(
      Ruler ruler, DatagramSocket front, DatagramSocket back, LongConsumer lateNanos) {
    this.ruler = ruler;
    this.front = front;
    this.back = back;
    this.lateNanos = lateNanos;
  }

  /**
   * Opens a link to a server.
   *
   * @param ruler by which datagrams are held
   * @param server where the server listens, on loopback
   * @param delay of every single datagram
   * @param chance for the delays
   * @param lateNanos told for each datagram how much longer than wanted it was held, by two threads
   * @return the link; it works until it is closed
   * @throws IOException if there are no free ports
   */
  static DelayedLink open(
      Ruler ruler,
      InetSocketAddress server,
      RandomDelay delay,
      Chance chance,
      LongConsumer lateNanos)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    DatagramSocket front = new DatagramSocket(new InetSocketAddress(loopback, 0));
    DatagramSocket back = new DatagramSocket(new InetSocketAddress(loopback, 0));
    back.connect(server);
    DelayedLink link = new DelayedLink(ruler, front, back, lateNanos);
    start("link-there-" + server.getPort(), () -> link.relayRequests(delay, chance.there()));
    start("link-back-" + server.getPort(), () -> link.relayAnswers(delay, chance.back()));
    return link;
  }

  /**
   * Where the delays of the two ways come from.
   *
   * @param there for requests
   * @param back for answers; another one, since each has its own thread
   */
  record Chance(RandomGenerator there, RandomGenerator back) {}

  /**
   * How long a datagram is under way: a fixed time and an exponentially distributed one.
   *
   * @param fixedNanos the least
   * @param meanJitterNanos the mean of what comes on top
   */
  record RandomDelay(long fixedNanos, long meanJitterNanos) {

    long nextNanos(RandomGenerator random) {
      return fixedNanos + Math.round(meanJitterNanos * random.nextExponential());
    }
  }

  /** Where clients send their requests to. */
  InetSocketAddress address() {
    return new InetSocketAddress(front.getLocalAddress(), front.getLocalPort());
  }

  /** Drops what is under way; the ports are free again. */
  @Override
  public void close() {
    front.close();
    back.close();
  }

  private static void start(String name, Runnable relay) {
    Thread thread = new Thread(relay, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void relayRequests(RandomDelay delay, RandomGenerator random) {
    relay(
        front,
        datagram -> {
          ByteBuffer bytes = ByteBuffer.wrap(datagram.getData());
          clientByCookie.put(bytes.getLong(TRANSMIT_AT), datagram.getSocketAddress());
          hold(delay.nextNanos(random));
          back.send(new DatagramPacket(datagram.getData(), datagram.getLength()));
        });
  }

  private void relayAnswers(RandomDelay delay, RandomGenerator random) {
    relay(
        back,
        datagram -> {
          ByteBuffer bytes = ByteBuffer.wrap(datagram.getData());
          SocketAddress client = clientByCookie.remove(bytes.getLong(ORIGIN_AT));
          if (client != null) {
            hold(delay.nextNanos(random));
            front.send(new DatagramPacket(datagram.getData(), datagram.getLength(), client));
          }
        });
  }

  private interface Way {
    void pass(DatagramPacket datagram) throws IOException;
  }

  private void relay(DatagramSocket from, Way way) {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    while (!from.isClosed()) {
      datagram.setLength(buffer.length);
      try {
        from.receive(datagram);
        if (datagram.getLength() >= HEADER_BYTES) {
          way.pass(datagram);
        }
      } catch (IOException e) {
        if (front.isClosed() || back.isClosed()) {
          return;
        }
        throw new UncheckedIOException("the link at " + address() + " failed", e);
      }
    }
  }

  /** Waits on the ruler: parked, and at the end awake, so as to go on at the right moment. */
  private void hold(long durationNanos) {
    long dueMonoNanos = ruler.monoNanos() + durationNanos;
    long leftNanos = durationNanos;
    while (leftNanos > 0) {
      if (leftNanos > SPIN_NANOS) {
        LockSupport.parkNanos(leftNanos - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
      leftNanos = dueMonoNanos - ruler.monoNanos();
    }
    lateNanos.accept(-leftNanos);
  }
}
