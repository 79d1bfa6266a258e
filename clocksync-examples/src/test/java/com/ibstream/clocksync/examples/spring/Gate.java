package com.ibstream.clocksync.examples.spring;

import com.ibstream.clocksync.examples.loopback.LoopbackNtpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Loopback ports before those of {@link LoopbackNtpServer}s: silent until it is opened, then each
 * request and its answer are passed on.
 */
final class Gate implements AutoCloseable {

  private static final int MOST_BYTES = 1024;
  private static final int ANSWER_MILLIS = 1000;

  private final List<DatagramSocket> sockets = new ArrayList<>();
  private final AtomicLong droppedCount = new AtomicLong();
  private volatile boolean isOpen;

  private Gate() {}

  static Gate before(List<String> servers) throws IOException {
    Gate gate = new Gate();
    for (String server : servers) {
      DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      gate.sockets.add(socket);
      int port = Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
      Thread thread = new Thread(() -> gate.serve(socket, port), "gate-" + port);
      thread.setDaemon(true);
      thread.start();
    }
    return gate;
  }

  List<String> addresses() {
    return sockets.stream().map(socket -> "127.0.0.1:" + socket.getLocalPort()).toList();
  }

  /** Requests that were not passed on. */
  long droppedCount() {
    return droppedCount.get();
  }

  void open() {
    isOpen = true;
  }

  @Override
  public void close() {
    sockets.forEach(DatagramSocket::close);
  }

  private void serve(DatagramSocket socket, int port) {
    DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(ANSWER_MILLIS);
      while (true) {
        packet.setLength(MOST_BYTES);
        socket.receive(packet);
        if (isOpen) {
          byte[] answer = ask(server, Arrays.copyOf(packet.getData(), packet.getLength()), port);
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        } else {
          droppedCount.incrementAndGet();
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static byte[] ask(DatagramSocket server, byte[] request, int port) throws IOException {
    InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    server.send(new DatagramPacket(request, request.length, to));
    DatagramPacket answer = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
    server.receive(answer);
    return Arrays.copyOf(answer.getData(), answer.getLength());
  }
}
