package com.ibstream.clocksync.examples.accuracy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.ntp.NTPUDPClient;
import org.apache.commons.net.ntp.TimeInfo;

/** Apache Commons Net: {@link NTPUDPClient} and {@link TimeInfo}, whole milliseconds. */
final class CommonsNetShot implements SingleShot {

  @Override
  public String name() {
    return "Commons Net";
  }

  @Override
  public long offsetNanos(InetSocketAddress server) throws IOException {
    try (NTPUDPClient client = new NTPUDPClient()) {
      client.setDefaultTimeout(TIMEOUT);
      client.open();
      TimeInfo info = client.getTime(server.getAddress(), server.getPort());
      info.computeDetails();
      Long offsetMillis = info.getOffset();
      if (offsetMillis == null) {
        throw new IOException("no offset: " + info.getComments());
      }
      return TimeUnit.MILLISECONDS.toNanos(offsetMillis);
    }
  }
}
