package com.ibstream.clocksync.examples.accuracy;

import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import com.lyft.kronos.Clock;
import com.lyft.kronos.internal.ntp.DatagramFactory;
import com.lyft.kronos.internal.ntp.SntpClient;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;

/**
 * Lyft's Kronos, whole milliseconds. Its {@code KronosClock} asks port 123 and no other, so this
 * uses the {@link SntpClient} beneath it, whose result {@code KronosClock.sync()} takes over
 * unchanged, with a factory that puts in the port of our server.
 */
final class KronosShot implements SingleShot {

  private final Clock deviceClock;

  KronosShot(Ruler ruler, WallClock wallClock) {
    deviceClock =
        new Clock() {
          @Override
          public long getCurrentTimeMs() {
            return TimeUnit.NANOSECONDS.toMillis(wallClock.epochNanos());
          }

          @Override
          public long getElapsedTimeMs() {
            return TimeUnit.NANOSECONDS.toMillis(ruler.monoNanos());
          }
        };
  }

  @Override
  public String name() {
    return "Kronos";
  }

  @Override
  public long offsetNanos(InetSocketAddress server) throws IOException {
    SntpClient client =
        new SntpClient(deviceClock, host -> server.getAddress(), new PortFactory(server.getPort()));
    long offsetMillis =
        client.requestTime(server.getHostString(), TIMEOUT.toMillis()).getOffsetMs();
    return TimeUnit.MILLISECONDS.toNanos(offsetMillis);
  }

  /** Sends to a port of our choice instead of the one Kronos wants. */
  private record PortFactory(int port) implements DatagramFactory {

    @Override
    public DatagramSocket createSocket() throws SocketException {
      return new DatagramSocket();
    }

    @Override
    public DatagramPacket createPacket(byte[] buffer) {
      return new DatagramPacket(buffer, buffer.length);
    }

    @Override
    public DatagramPacket createPacket(byte[] buffer, InetAddress address, int unusedPort) {
      return new DatagramPacket(buffer, buffer.length, address, port);
    }
  }
}
