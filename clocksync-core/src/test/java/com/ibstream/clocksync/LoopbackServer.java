package com.ibstream.clocksync;

import com.ibstream.clocksync.ntp.NtpTimestamp;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that serves this machine's system clock, or misbehaves. */
final class LoopbackServer implements AutoCloseable {

  enum Manner {
    HONEST,
    SILENT,
    RUBBISH,
    UNSYNCHRONISED,
    /** Answers twice. */
    TWICE,
    /** Answers each request when the next one comes. */
    LATE
  }

  private final DatagramSocket socket;
  private final Manner manner;
  private final AtomicInteger requests = new AtomicInteger();
  private Optional<DatagramPacket> held = Optional.empty();

  LoopbackServer(Manner manner) throws SocketException {
    this(manner, InetAddress.getLoopbackAddress());
  }

  LoopbackServer(Manner manner, InetAddress address) throws SocketException {
    this.manner = manner;
    this.socket = new DatagramSocket(0, address);
    Thread thread = new Thread(this::serve, "loopback-server");
    thread.setDaemon(true);
    thread.start();
  }

  String name() {
    String host = socket.getLocalAddress() instanceof Inet6Address ? "[::1]" : "127.0.0.1";
    return host + ":" + socket.getLocalPort();
  }

  int requestCount() {
    return requests.get();
  }

  private void serve() {
    byte[] buffer = new byte[1024];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    while (!socket.isClosed()) {
      try {
        packet.setLength(buffer.length);
        socket.receive(packet);
        long received = WallClock.system().epochNanos();
        requests.incrementAndGet();
        if (manner != Manner.SILENT) {
          byte[] answer =
              manner == Manner.RUBBISH ? new byte[] {1, 2, 3} : answer(buffer, received);
          send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void send(DatagramPacket answer) throws IOException {
    switch (manner) {
      case TWICE -> {
        socket.send(answer);
        socket.send(answer);
      }
      case LATE -> {
        if (held.isPresent()) {
          socket.send(held.get());
        }
        held = Optional.of(answer);
      }
      default -> socket.send(answer);
    }
  }

  private byte[] answer(byte[] request, long receivedEpochNanos) {
    int first = manner == Manner.UNSYNCHRONISED ? 0xE4 : 0x24;
    return ByteBuffer.allocate(48)
        .put(new byte[] {(byte) first, 1, 6, -20})
        .putInt(0)
        .putInt(7)
        .put("GPS\0".getBytes(StandardCharsets.US_ASCII))
        .putLong(NtpTimestamp.ofEpochNanos(receivedEpochNanos - 5_000_000_000L))
        .put(Arrays.copyOfRange(request, 40, 48))
        .putLong(NtpTimestamp.ofEpochNanos(receivedEpochNanos))
        .putLong(NtpTimestamp.ofEpochNanos(WallClock.system().epochNanos()))
        .array();
  }

  @Override
  public void close() {
    socket.close();
  }
}
