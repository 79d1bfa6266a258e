package com.ibstream.clocksync.examples.loopback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small NTPv4 server (stratum 1) on a loopback address and a free port, for demos and tests: it
 * serves the time it is given, right or wrong. NOT a server for anybody else.
 *
 * <p>Answers on a daemon thread of its own until it is closed. Safe for many threads.
 */
public final class LoopbackNtpServer implements AutoCloseable {

  private static final int MAX_REQUEST_BYTES = 1024;

  private static final long CLOSE_MILLIS = 500;

  private final DatagramSocket socket;
  private final Thread thread;
  private final String address;
  private final ServedTime time;
  private final String referenceId;
  private final AtomicLong answeredCount = new AtomicLong();

  private LoopbackNtpServer(DatagramSocket socket, String referenceId, ServedTime time) {
    this.socket = socket;
    this.address = text(socket);
    this.referenceId = referenceId;
    this.time = time;
    this.thread = new Thread(this::serve, "loopback-ntp-" + socket.getLocalPort());
    thread.setDaemon(true);
  }

  /**
   * Starts a server on 127.0.0.1.
   *
   * @param referenceId the kind of clock it claims to follow, one to four letters, for example
   *     {@code GPS}
   * @param time what it serves
   * @return the running server
   * @throws IOException if there is no free port
   */
  public static LoopbackNtpServer start(String referenceId, ServedTime time) throws IOException {
    return start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), referenceId, time);
  }

  /**
   * Starts a server on a loopback address.
   *
   * @param address 127.0.0.1 or ::1
   * @param referenceId the kind of clock it claims to follow, one to four letters
   * @param time what it serves
   * @return the running server
   * @throws IOException if the address is not there, or has no free port
   */
  public static LoopbackNtpServer start(InetAddress address, String referenceId, ServedTime time)
      throws IOException {
    if (!address.isLoopbackAddress()) {
      throw new IllegalArgumentException("not a loopback address: " + address.getHostAddress());
    }
    if (!referenceId.matches("[A-Z]{1,4}")) {
      throw new IllegalArgumentException(
          "referenceId must be one to four capital letters: " + referenceId);
    }
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0));
    LoopbackNtpServer server = new LoopbackNtpServer(socket, referenceId, time);
    server.thread.start();
    return server;
  }

  /**
   * Where it listens, as the configuration takes it.
   *
   * @return {@code 127.0.0.1:port} or {@code [::1]:port}
   */
  public String address() {
    return address;
  }

  /**
   * How many requests it has answered.
   *
   * @return a count that only grows
   */
  public long answeredCount() {
    return answeredCount.get();
  }

  /** Stops answering; the port is free again. */
  @Override
  public void close() {
    socket.close();
    try {
      thread.join(CLOSE_MILLIS); // the port is free when nobody waits at it any more
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(DatagramSocket socket) {
    InetAddress local = socket.getLocalAddress();
    boolean isV6 = local.getAddress().length > Integer.BYTES;
    return (isV6 ? "[::1]" : local.getHostAddress()) + ":" + socket.getLocalPort();
  }

  private void serve() {
    byte[] buffer = new byte[MAX_REQUEST_BYTES];
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    while (!socket.isClosed()) {
      packet.setLength(buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        if (socket.isClosed()) {
          return;
        }
        throw new UncheckedIOException("loopback NTP server " + address + " failed", e);
      }
      long receivedEpochNanos = time.epochNanos();
      if (NtpReply.isRequest(buffer, packet.getLength())) {
        answer(buffer, packet.getSocketAddress(), receivedEpochNanos);
      }
    }
  }

  private void answer(byte[] request, SocketAddress client, long receivedEpochNanos) {
    byte[] reply = NtpReply.answer(request, referenceId, receivedEpochNanos);
    DatagramPacket packet = new DatagramPacket(reply, reply.length, client);
    NtpReply.transmittedAt(time.epochNanos(), reply);
    try {
      socket.send(packet);
      answeredCount.incrementAndGet();
    } catch (IOException e) {
      // The client is gone or we are closed: to it, the answer is lost like any other.
    }
  }
}
