package com.ibstream.clocksync.host;

import com.ibstream.clocksync.seam.UdpTransport;
import com.ibstream.clocksync.time.Ruler;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Real packets: one connected non-blocking socket per request, so that each has a random source
 * port and hears nobody but the server that was asked. Everything but {@link #wakeUp()} belongs to
 * one thread, which waits in {@link #await}.
 */
public final class DatagramTransport implements UdpTransport, AutoCloseable {

  private static final int MAX_PAYLOAD_BYTES = 1024;

  /** Packets read from one socket in a row: a flood on one must not starve the others. */
  private static final int READS_IN_A_ROW = 16;

  private final Ruler ruler;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(MAX_PAYLOAD_BYTES);

  /**
   * A transport without sockets.
   *
   * @param ruler times sending and receiving
   * @throws IOException if the operating system has no more descriptors
   */
  public DatagramTransport(Ruler ruler) throws IOException {
    this.ruler = ruler;
    this.selector = Selector.open();
  }

  @Override
  public UdpFlight send(InetSocketAddress server, byte[] payload, UdpReceiver receiver) {
    Flight flight = new Flight(receiver);
    try {
      flight.open(server);
      ByteBuffer bytes = ByteBuffer.wrap(payload);
      flight.sentMonoNanos = ruler.monoNanos(); // last of all before the packet leaves
      flight.channel.write(bytes);
    } catch (IOException | RuntimeException e) {
      flight.sentMonoNanos = ruler.monoNanos();
      flight.fail(e);
    }
    return flight;
  }

  /**
   * Waits for packets and hands them over.
   *
   * @param untilMonoNanos the latest instant to return at, on the ruler; returns earlier after
   *     packets or {@link #wakeUp()}
   * @throws IOException if waiting itself fails
   */
  public void await(long untilMonoNanos) throws IOException {
    long waitNanos = untilMonoNanos - ruler.monoNanos();
    if (waitNanos <= 0) {
      selector.selectNow(this::ready);
    } else {
      selector.select(this::ready, TimeUnit.NANOSECONDS.toMillis(waitNanos) + 1);
    }
  }

  /** Makes {@link #await} return at once. Any thread. */
  public void wakeUp() {
    selector.wakeup();
  }

  private void ready(SelectionKey key) {
    ((Flight) key.attachment()).read();
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      ((Flight) key.attachment()).close();
    }
    selector.close();
  }

  private final class Flight implements UdpFlight {

    private final UdpReceiver receiver;
    private DatagramChannel channel;
    private InetSocketAddress server;
    private long sentMonoNanos;

    Flight(UdpReceiver receiver) {
      this.receiver = receiver;
    }

    void open(InetSocketAddress to) throws IOException {
      server = to;
      boolean isInet6 = to.getAddress() instanceof Inet6Address;
      channel =
          DatagramChannel.open(
              isInet6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
      channel.configureBlocking(false);
      channel.connect(to);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void read() {
      try {
        for (int i = 0; i < READS_IN_A_ROW && channel.isOpen(); i++) {
          buffer.clear();
          int length = channel.read(buffer);
          long monoNanos = ruler.monoNanos(); // never before the packet was there
          if (length <= 0) {
            return;
          }
          byte[] payload = Arrays.copyOf(buffer.array(), buffer.position());
          receiver.received(
              server, (InetSocketAddress) channel.getLocalAddress(), payload, monoNanos);
        }
      } catch (IOException e) {
        fail(e);
      }
    }

    void fail(Exception e) {
      close();
      UdpFailure.Kind kind =
          e instanceof PortUnreachableException
              ? UdpFailure.Kind.PORT_UNREACHABLE
              : UdpFailure.Kind.NETWORK_UNREACHABLE;
      receiver.failed(new UdpFailure(kind, e.getMessage() == null ? "" : e.getMessage()));
    }

    @Override
    public long sentMonoNanos() {
      return sentMonoNanos;
    }

    @Override
    public void close() {
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (IOException e) {
        // A datagram socket that cannot be closed is closed as far as we can tell; nothing depends
        // on it.
        channel = null;
      }
    }
  }
}
