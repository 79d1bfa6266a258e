package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads JSON, as a consumer would. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  /** The body of a recorded answer of the existing service. */
  static JsonNode sample(String name) {
    try (InputStream in = Json.class.getResourceAsStream("/samples/" + name + ".json")) {
      return MAPPER.readTree(in).path("body");
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
