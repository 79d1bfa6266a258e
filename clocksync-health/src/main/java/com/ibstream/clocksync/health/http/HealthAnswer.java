package com.ibstream.clocksync.health.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer to a request, apart from any way to send it. Immutable.
 *
 * @param statusCode of HTTP
 * @param headers of HTTP, with {@code Content-Type}, without {@code Content-Length}
 * @param body text, as the content type says; to be left out where the method was HEAD
 */
public record HealthAnswer(int statusCode, Map<String, String> headers, String body) {

  /** Copies the map. */
  public HealthAnswer {
    headers = Map.copyOf(headers);
  }

  /**
   * The body as it goes over the wire.
   *
   * @return UTF-8, a new array
   */
  public byte[] bodyBytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
