package com.ibstream.clocksync.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** What a command did when it was run in this process. */
record Outcome(int exitStatus, String out, String err) {

  /** Runs a command without any environment. */
  static Outcome of(String... args) {
    return of(Map.of(), args);
  }

  static Outcome of(Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = CommandLines.create(environment);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return new Outcome(commandLine.execute(args), out.toString(), err.toString());
  }

  /** Standard output, which must hold one document a line and nothing else. */
  List<JsonNode> documents() {
    ObjectMapper mapper = new ObjectMapper();
    return out.lines().map(line -> parse(mapper, line)).toList();
  }

  JsonNode document() {
    return documents().get(0);
  }

  private static JsonNode parse(ObjectMapper mapper, String line) {
    try {
      return mapper.readTree(line);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
