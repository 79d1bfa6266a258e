package com.ibstream.clocksync.history.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads the servers of a record. Stateless. */
final class SourceParser {

  private SourceParser() {}

  static List<HistoryRecord.Source> sources(JsonParser json) throws IOException {
    List<HistoryRecord.Source> sources = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      sources.add(source(json));
    }
    return sources;
  }

  private static HistoryRecord.Source source(JsonParser json) throws IOException {
    String server = "";
    String address = "";
    String state = "";
    OptionalLong offset = OptionalLong.empty();
    long bound = 0;
    long rootDistance = 0;
    int stratum = 0;
    String reference = "";
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      switch (name) {
        case "server" -> server = json.getText();
        case "address" -> address = json.getText();
        case "state" -> state = json.getText();
        case "offset_ns" -> offset = OptionalLong.of(json.getLongValue());
        case "bound_ns" -> bound = json.getLongValue();
        case "root_distance_ns" -> rootDistance = json.getLongValue();
        case "stratum" -> stratum = json.getIntValue();
        case "reference" -> reference = json.getText();
        default -> json.skipChildren();
      }
    }
    return new HistoryRecord.Source(
        server, address, state, offset, bound, rootDistance, stratum, reference);
  }
}
