package com.ibstream.clocksync.examples.cli;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** A UDP port on loopback that behaves badly. */
final class OddServer implements AutoCloseable {

  private static final int BUFFER_BYTES = 1024;

  private final DatagramSocket socket;
  private final Optional<byte[]> answer;

  private OddServer(Optional<byte[]> answer) throws IOException {
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    this.answer = answer;
    Thread thread = new Thread(this::serve, "odd-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes requests and never answers. */
  static OddServer silent() throws IOException {
    return new OddServer(Optional.empty());
  }

  /** Answers with bytes that are no NTP packet. */
  static OddServer rubbish() throws IOException {
    byte[] bytes = new byte[68];
    Arrays.fill(bytes, (byte) 0x5a);
    return new OddServer(Optional.of(bytes));
  }

  /** A port at which nobody listens. */
  static String closedPort() throws IOException {
    try (OddServer server = silent()) {
      return server.address();
    }
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  @Override
  public void close() {
    socket.close();
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[BUFFER_BYTES], BUFFER_BYTES);
    try {
      while (true) {
        socket.receive(packet);
        if (answer.isPresent()) {
          socket.send(
              new DatagramPacket(answer.get(), answer.get().length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // closed
    }
  }
}
