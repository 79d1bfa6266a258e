package com.ibstream.clocksync.examples.accuracy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Another library's client, asked once. */
interface SingleShot {

  /** How long an answer may take. */
  Duration TIMEOUT = Duration.ofSeconds(1);

  /** What it is called in the table. */
  String name();

  /**
   * Has one exchange with a server.
   *
   * @param server whom to ask
   * @return how far the client's idea of UTC is from the system clock, nanoseconds; positive = it
   *     holds that the system clock is behind
   * @throws IOException if there is no usable answer
   */
  long offsetNanos(InetSocketAddress server) throws IOException;
}
