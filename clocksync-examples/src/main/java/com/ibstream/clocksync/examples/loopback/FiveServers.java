package com.ibstream.clocksync.examples.loopback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Five loopback servers of which one lies; the four others agree to the nanosecond. */
public final class FiveServers implements AutoCloseable {

  /** By how much the liar is ahead. */
  public static final long LIE_NANOS = 250_000_000L;

  private static final List<String> HONEST_REFERENCES = List.of("GPS", "PPS", "GLNS", "DCF");
  private static final String LYING_REFERENCE = "LIE";

  private final List<LoopbackNtpServer> servers;

  private FiveServers(List<LoopbackNtpServer> servers) {
    this.servers = servers;
  }

  /**
   * Starts them.
   *
   * @param time what the honest ones serve
   * @return the running servers
   * @throws IOException if there are no free ports
   */
  public static FiveServers start(ServedTime time) throws IOException {
    FiveServers five = new FiveServers(new ArrayList<>());
    try {
      for (String reference : HONEST_REFERENCES) {
        five.servers.add(LoopbackNtpServer.start(reference, time));
      }
      five.servers.add(LoopbackNtpServer.start(LYING_REFERENCE, time.wrongBy(LIE_NANOS)));
      return five;
    } catch (IOException e) {
      five.close();
      throw e;
    }
  }

  /**
   * Where they listen.
   *
   * @return five addresses, the liar's last
   */
  public List<String> addresses() {
    return servers.stream().map(LoopbackNtpServer::address).toList();
  }

  /**
   * Where the liar listens.
   *
   * @return its address
   */
  public String liar() {
    return servers.get(servers.size() - 1).address();
  }

  @Override
  public void close() {
    servers.forEach(LoopbackNtpServer::close);
  }
}
