package com.ibstream.clocksync.history.publish;

import com.google.common.html.HtmlEscapers;

/** A table; every text in it is escaped. NOT safe for threads. */
final class HtmlTable {

  /** Marks behind which the rest of a cell is a number, or a word of an outcome. */
  private static final char NUMBER = '\u0001';

  private static final char OUTCOME = '\u0002';

  private final StringBuilder html = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
  private boolean hasRows;

  HtmlTable(String... headers) {
    for (String header : headers) {
      html.append("<th>").append(escape(header)).append("</th>");
    }
    html.append("</tr></thead><tbody>");
  }

  /** A cell that is a number: it stands to the right. */
  static String number(String text) {
    return NUMBER + text;
  }

  /** A cell that is an outcome: it has the colour of its word. */
  static String marked(String word) {
    return OUTCOME + word;
  }

  HtmlTable row(String... cells) {
    hasRows = true;
    html.append("<tr>");
    for (String cell : cells) {
      char kind = cell.isEmpty() ? ' ' : cell.charAt(0);
      String text = escape(kind == NUMBER || kind == OUTCOME ? cell.substring(1) : cell);
      html.append(
              kind == NUMBER
                  ? "<td class=\"number\">"
                  : kind == OUTCOME ? "<td class=\"" + text + "\">" : "<td>")
          .append(text)
          .append("</td>");
    }
    html.append("</tr>");
    return this;
  }

  /** The table, or a sentence where it has no rows. */
  String orElse(String sentence) {
    return hasRows ? toString() : "<p>" + escape(sentence) + "</p>";
  }

  @Override
  public String toString() {
    return html + "</tbody></table></div>";
  }

  private static String escape(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }
}
