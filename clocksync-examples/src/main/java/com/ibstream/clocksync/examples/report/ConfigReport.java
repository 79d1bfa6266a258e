package com.ibstream.clocksync.examples.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.facts.ConfigFinding;
import com.ibstream.clocksync.facts.ConfigFinding.Severity;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was found in the configuration files of a host.
 *
 * @param files which files were looked at
 * @param findings what is wrong with them
 */
public record ConfigReport(List<String> files, List<ConfigFinding> findings) {

  /** Copies the lists. */
  public ConfigReport {
    files = List.copyOf(files);
    findings = List.copyOf(findings);
  }

  /**
   * How bad it is.
   *
   * @return 0 for nothing worse than a note, 1 for warnings, 2 for errors
   */
  public int exitStatus() {
    return worst().map(Severity::rank).orElse(0);
  }

  private Optional<Severity> worst() {
    return findings.stream()
        .map(ConfigFinding::severity)
        .max(Comparator.comparingInt(Severity::rank));
  }

  /**
   * One line for each finding, as compilers write them, and one for each file without.
   *
   * @return text without a line break at its end
   */
  public String text() {
    return files.stream()
        .flatMap(
            file -> {
              List<ConfigFinding> here =
                  findings.stream().filter(finding -> finding.file().equals(file)).toList();
              return here.isEmpty()
                  ? Stream.of(file + ": no mistake found")
                  : here.stream().map(ConfigReport::line);
            })
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /**
   * One finding.
   *
   * @param finding what to write
   * @return {@code FILE:LINE: error: reason (remedy)}
   */
  public static String line(ConfigFinding finding) {
    return finding.file()
        + (finding.line().isPresent() ? ":" + finding.line().getAsInt() : "")
        + ": "
        + word(finding.severity())
        + ": "
        + finding.reason()
        + (finding.remedy().isEmpty() ? "" : " (instead: " + finding.remedy() + ")");
  }

  /**
   * One document.
   *
   * @return JSON without a line break
   */
  public String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", worst().map(ConfigReport::word).orElse("good"));
    ArrayNode names = json.putArray("files");
    files.forEach(names::add);
    ArrayNode array = json.putArray("findings");
    findings.forEach(finding -> array.add(json(finding)));
    try {
      return new JsonMapper().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode json(ConfigFinding finding) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("file", finding.file());
    if (finding.line().isPresent()) {
      json.put("line", finding.line().getAsInt());
    } else {
      json.putNull("line");
    }
    json.put("severity", word(finding.severity()));
    json.put("kind", word(finding.kind()));
    json.put("reason", finding.reason());
    json.put("remedy", finding.remedy());
    return json;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
