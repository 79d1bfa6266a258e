package com.ibstream.clocksync.health.http;

/** The part of a request's target behind the question mark. Stateless. */
final class Query {

  private static final String LIMIT = "limit";

  /** So many fit an int; a longer number is more than there ever is. */
  private static final int INT_DIGITS = 9;

  private Query() {}

  /**
   * How many entries are asked for: 0 for all.
   *
   * @param query without the question mark; other parameters are ignored
   * @param usual where nothing is said
   * @param most that there may be
   * @throws BadQueryException if it is no whole number from 0
   */
  static int limit(String query, int usual, int most) throws BadQueryException {
    int limit = usual;
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (name.equals(LIMIT)) {
        limit = number(equals < 0 ? "" : part.substring(equals + 1), most);
      }
    }
    return limit == 0 ? most : Math.min(limit, most);
  }

  private static int number(String text, int most) throws BadQueryException {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new BadQueryException(
          "limit must be a whole number from 0, which means all; there are at most " + most);
    }
    return text.length() > INT_DIGITS ? most : Integer.parseInt(text);
  }
}
