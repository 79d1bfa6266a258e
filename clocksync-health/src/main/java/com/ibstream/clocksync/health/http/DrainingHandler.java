package com.ibstream.clocksync.health.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Knows how many requests are under way, so that an end can wait for them. The JDK's server itself
 * waits its whole time even where there is none. Safe for any number of threads.
 */
final class DrainingHandler implements HttpHandler {

  private final HttpHandler inner;

  /** One party for the endpoint itself and one for each request under way. */
  private final Phaser underWay = new Phaser(1);

  private final AtomicBoolean isEnding = new AtomicBoolean();

  DrainingHandler(HttpHandler inner) {
    this.inner = inner;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    underWay.register();
    try {
      if (isEnding.get()) {
        exchange.getResponseHeaders().set("Connection", "close");
      }
      inner.handle(exchange);
    } finally {
      underWay.arriveAndDeregister();
    }
  }

  /** Waits for the requests under way; those that come meanwhile are answered, too. Once. */
  void drain(long mostMillis) {
    if (isEnding.getAndSet(true)) {
      return;
    }
    int phase = underWay.arriveAndDeregister();
    try {
      underWay.awaitAdvanceInterruptibly(phase, mostMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // what is not answered by now is cut off
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
