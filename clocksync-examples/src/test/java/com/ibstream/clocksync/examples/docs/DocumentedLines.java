package com.ibstream.clocksync.examples.docs;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prints the lines with commands as {@link Documented} finds them, for {@code .ci/documented},
 * which runs what no test runs. Four columns, parted by tabs: page and line, page and line of the
 * block that it stands in (if in none, its own), the line's programs, the line.
 */
final class DocumentedLines {

  private DocumentedLines() {}

  /**
   * Prints.
   *
   * @param args none
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (Page page : Page.all()) {
      Map<String, String> programs = new LinkedHashMap<>();
      Documented.of(page)
          .forEach(
              found ->
                  programs.merge(
                      found.where() + "\t" + block(page, found) + "\t%s\t" + found.text(),
                      found.command().program(),
                      (one, other) -> one + " " + other));
      programs.forEach((line, names) -> out.println(line.replace("\t%s\t", "\t" + names + "\t")));
    }
  }

  private static String block(Page page, Documented found) {
    int line = Integer.parseInt(found.where().substring(found.where().lastIndexOf(':') + 1));
    return page.blocks().stream()
        .filter(block -> found.isShown() && block.line() <= line)
        .reduce((earlier, later) -> later)
        .map(block -> page.name() + ":" + block.line())
        .orElse(found.where());
  }
}
