package com.ibstream.clocksync.health.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Sends {@link HealthAnswers} from a JDK HTTP server: our own {@link HealthEndpoint}, or one that
 * the host service has, at any context. With the context {@code /clock}, {@code /clock/health}
 * answers as {@code /health}. Safe for any number of threads.
 */
public final class HealthHandler implements HttpHandler {

  private static final int NO_BODY = -1;

  private final HealthAnswers answers;

  /**
   * A handler that sends answers.
   *
   * @param answers what it sends
   */
  public HealthHandler(HealthAnswers answers) {
    this.answers = answers;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      HealthAnswer answer =
          answers.answer(exchange.getRequestMethod(), path(exchange) + query(exchange));
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      long length = BodyWriter.length(answer.body());
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
        exchange.sendResponseHeaders(answer.statusCode(), NO_BODY);
        return;
      }
      exchange.sendResponseHeaders(answer.statusCode(), length);
      try (OutputStream out = exchange.getResponseBody()) {
        BodyWriter.write(answer.body(), out);
      }
    } catch (IOException e) {
      exchange.close();
      throw e;
    }
  }

  private static String query(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return query == null ? "" : "?" + query;
  }

  /**
   * The path as a whole if it is ours, or else what follows the context. The page is not found at
   * the context itself: what it asks for is below.
   */
  private String path(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (path == null) {
      return "";
    }
    String mounted = exchange.getHttpContext().getPath();
    String context = mounted.endsWith("/") ? mounted.substring(0, mounted.length() - 1) : mounted;
    boolean isBelow = path.startsWith(context);
    boolean isPageItself = path.equals(context) && path.equals(HealthAnswers.DASHBOARD);
    boolean isOurs = answers.isKnown(path) && !isPageItself;
    return isOurs || !isBelow ? path : path.substring(context.length());
  }
}
