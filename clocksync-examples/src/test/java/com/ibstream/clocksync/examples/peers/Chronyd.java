package com.ibstream.clocksync.examples.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real chronyd on a free loopback port, serving this machine's clock. It is always started with
 * {@code -x}: it does not touch that clock.
 */
final class Chronyd implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ASK_MILLIS = 200;
  private static final int HEADER_BYTES = 48;
  private static final byte CLIENT_VERSION_4 = 0x23;
  private static final int SERVER_VERSION_4_IN_SYNC = 0x24;

  private final Process process;
  private final int port;

  private Chronyd(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it and waits until it answers. */
  static Chronyd start(Path directory) throws IOException {
    Path program = Peers.chronyd();
    int port = freePort();
    Path config =
        Files.write(
            directory.resolve("chronyd-" + port + ".conf"),
            List.of(
                "local stratum 1",
                "allow 127.0.0.1",
                "bindaddress 127.0.0.1",
                "port " + port,
                "cmdport 0",
                "bindcmdaddress /",
                "pidfile " + directory.resolve("chronyd-" + port + ".pid")));
    Path log = directory.resolve("chronyd-" + port + ".log");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "-x",
                "-d",
                "-u",
                System.getProperty("user.name"),
                "-f",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Chronyd chronyd = new Chronyd(process, port);
    try {
      await()
          .alias("chronyd answers")
          .atMost(PATIENCE)
          .pollInSameThread()
          .failFast(
              () ->
                  assertThat(process.isAlive())
                      .as("chronyd lives: %s", Files.readString(log))
                      .isTrue())
          .until(chronyd::isInSync);
      return chronyd;
    } catch (RuntimeException | Error e) {
      chronyd.close();
      throw e;
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean isInSync() throws IOException {
    byte[] packet = new byte[HEADER_BYTES];
    packet[0] = CLIENT_VERSION_4;
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(ASK_MILLIS);
      socket.send(new DatagramPacket(packet, packet.length));
      socket.receive(new DatagramPacket(packet, packet.length));
      return packet[0] == SERVER_VERSION_4_IN_SYNC;
    } catch (SocketTimeoutException | PortUnreachableException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
