package com.ibstream.clocksync.examples.accuracy;

import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import net.time4j.Moment;
import net.time4j.clock.SntpConfiguration;
import net.time4j.clock.SntpConnector;

/**
 * Time4J: {@link SntpConnector}, microseconds. It does not show its offset, so what counts is the
 * time it tells after the exchange, beside the system clock. {@code currentTime()}, as in its
 * documentation: {@code currentTimeInMicros()} of release 5.9.4 loses the fraction of the second.
 */
final class Time4jShot implements SingleShot {

  private final WallClock wallClock;

  Time4jShot(WallClock wallClock) {
    this.wallClock = wallClock;
  }

  @Override
  public String name() {
    return "Time4J";
  }

  @Override
  public long offsetNanos(InetSocketAddress server) throws IOException {
    SntpConnector connector = new SntpConnector(new OneRequest(server));
    connector.connect();
    long beforeEpochNanos = wallClock.epochNanos();
    Moment told = connector.currentTime();
    long afterEpochNanos = wallClock.epochNanos();
    long toldEpochNanos = TimeUnit.SECONDS.toNanos(told.getPosixTime()) + told.getNanosecond();
    return toldEpochNanos - (beforeEpochNanos + (afterEpochNanos - beforeEpochNanos) / 2);
  }

  /** Time4J's defaults, but for server, port and patience. */
  private record OneRequest(InetSocketAddress server) implements SntpConfiguration {

    private static final int UNUSED_INTERVAL_SECONDS = 240;

    @Override
    public String getTimeServerAddress() {
      return server.getAddress().getHostAddress();
    }

    @Override
    public int getTimeServerPort() {
      return server.getPort();
    }

    @Override
    public int getConnectionTimeout() {
      return Math.toIntExact(TIMEOUT.toSeconds());
    }

    @Override
    public int getClockShiftWindow() {
      return 0;
    }

    @Override
    public boolean isNTP4() {
      return true;
    }

    @Override
    public int getRequestInterval() {
      return UNUSED_INTERVAL_SECONDS;
    }

    @Override
    public short getRequestCount() {
      return 1;
    }
  }
}
