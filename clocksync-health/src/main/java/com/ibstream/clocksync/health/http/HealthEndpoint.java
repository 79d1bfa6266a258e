package com.ibstream.clocksync.health.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * A small HTTP server for {@link HealthAnswers}. There is no default port. All its threads are
 * daemons, at most 1,024 answer. Bodies of requests are not read; the JDK's server refuses a head
 * of more than 380 KB, and a request that takes more than 2 s is cut off. Not encrypted and not
 * protected: bind it to loopback, or leave it out and mount a {@link HealthHandler} or the answers
 * themselves in a server of your own.
 */
public final class HealthEndpoint implements AutoCloseable {

  /** The address that only this machine can reach. */
  public static final String LOOPBACK = "127.0.0.1";

  /** How long one request may take, from its first byte to the last of its answer. */
  private static final long REQUEST_LIMIT_MILLIS = 2_000;

  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private static final int MAX_PORT = 65_535;

  /** Less than the half second that a plug-in may take to close. */
  private static final long DRAIN_MILLIS = 400;

  private final HttpServer server;
  private final DrainingHandler handler;
  private final TimeLimitedPool pool;

  private HealthEndpoint(HttpServer server, DrainingHandler handler, TimeLimitedPool pool) {
    this.server = server;
    this.handler = handler;
    this.pool = pool;
  }

  /**
   * Starts to listen.
   *
   * @param host name or address to bind to, usually {@link #LOOPBACK}
   * @param port to bind to; 0 for any that is free
   * @param answers what it sends
   * @return the running endpoint
   * @throws IllegalArgumentException if the port is not one
   * @throws IOException if the host has no address here, or the port is in use or not allowed; the
   *     message names both
   */
  public static HealthEndpoint open(String host, int port, HealthAnswers answers)
      throws IOException {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port must be from 0 to " + MAX_PORT + ": " + port);
    }
    sendAtOnce();
    HttpServer server = bind(host, port);
    TimeLimitedPool pool = new TimeLimitedPool(REQUEST_LIMIT_MILLIS);
    server.setExecutor(pool);
    DrainingHandler handler = new DrainingHandler(new HealthHandler(answers));
    server.createContext("/", handler);
    startAsDaemon(server);
    return new HealthEndpoint(server, handler, pool);
  }

  /**
   * Where it listens.
   *
   * @return address and port, the real one if any was asked for
   */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /**
   * Where a path is to be found.
   *
   * @param path for example {@link HealthAnswers#HEALTH}
   * @return for example {@code http://127.0.0.1:8851/health}
   */
  public URI uri(String path) {
    InetSocketAddress address = address();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "http://"
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + address.getPort()
            + path);
  }

  /**
   * Stops: requests that have arrived are answered, for up to 0.4 s; then, or when there are none,
   * whatever is left is cut off. May be called again.
   */
  @Override
  public void close() {
    handler.drain(DRAIN_MILLIS);
    server.stop(0);
    pool.close();
  }

  /**
   * The JDK's server writes head and body apart, and without this option the body waits for the
   * client's delayed acknowledgement of the head: 40 ms an answer. The option is read once, with
   * the first server of the process; what somebody else has set stays.
   */
  private static void sendAtOnce() {
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  private static HttpServer bind(String host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException("host " + host + " has no address");
    }
    try {
      return HttpServer.create(address, 0);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      boolean isBusy = why.toLowerCase(Locale.ROOT).contains("in use");
      String text =
          isBusy
              ? "port " + port + " on " + host + " is in use"
              : "cannot listen on port " + port + " of " + host + ": " + why;
      BindException named = new BindException(text);
      named.initCause(e);
      throw named;
    }
  }

  /** The server's own thread takes over whether the thread that starts it is a daemon. */
  private static void startAsDaemon(HttpServer server) {
    Thread starter = new Thread(server::start, "clocksync-health-start");
    starter.setDaemon(true);
    starter.start();
    boolean interrupted = false;
    while (starter.isAlive()) {
      try {
        starter.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
