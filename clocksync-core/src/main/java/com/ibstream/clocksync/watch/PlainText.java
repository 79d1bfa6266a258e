package com.ibstream.clocksync.watch;

/** What programs said, fit for one line of a log. */
final class PlainText {

  private PlainText() {}

  static String line(String text, int mostChars) {
    StringBuilder line = new StringBuilder();
    for (char c : text.strip().toCharArray()) {
      boolean isPrintable = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
      line.append(isPrintable ? c : ' ');
    }
    return line.length() <= mostChars ? line.toString() : line.substring(0, mostChars - 1) + "…";
  }
}
