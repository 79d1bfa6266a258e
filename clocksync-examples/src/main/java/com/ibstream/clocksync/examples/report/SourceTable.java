package com.ibstream.clocksync.examples.report;

import java.util.ArrayList;
import java.util.List;

/** Lays sources out as a table. */
final class SourceTable {

  private static final List<String> HEADER =
      List.of("server", "address", "state", "system clock", "bound", "delay", "stratum", "reason");
  private static final String GAP = "  ";

  private SourceTable() {}

  static List<String> lines(List<SourceReport> sources) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    sources.forEach(source -> rows.add(cells(source)));
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> cells(SourceReport source) {
    return List.of(
        source.server(),
        DriftText.orNone(source.address().orElse("")),
        source.state(),
        DriftText.orNone(
            source.measured().map(said -> DriftText.drift(said.driftNanos())).orElse("")),
        DriftText.orNone(
            source.measured().map(said -> DriftText.size(said.errorBoundNanos())).orElse("")),
        DriftText.orNone(
            source.measured().map(said -> DriftText.size(said.delayNanos())).orElse("")),
        DriftText.orNone(
            source.measured().map(said -> Integer.toString(said.stratum())).orElse("")),
        DriftText.orNone(source.explanation()));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
