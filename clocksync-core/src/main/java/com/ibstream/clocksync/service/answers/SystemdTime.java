package com.ibstream.clocksync.service.answers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and spans as systemd prints them for people: it has no other form of them. */
final class SystemdTime {

  private static final Pattern STAMP =
      Pattern.compile(
          "(?:\\p{L}+ )?(\\d{4}-\\d{2}-\\d{2}) (\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?) (\\S{1,10})");
  private static final Pattern SPAN_PART =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(us|μs|ms|s|min|h|d|w|month|y)(?: |$)");
  private static final Map<String, Long> UNIT_NANOS =
      Map.of(
          "us", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "min", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L,
          "w", 604_800_000_000_000L,
          "month", 2_629_800_000_000_000L,
          "y", 31_557_600_000_000_000L);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE / 4);

  private SystemdTime() {}

  /** A span, such as {@code 1min 4s} or {@code 51.411ms}. */
  static OptionalLong spanNanos(String text) {
    if (text.equals("0")) {
      return OptionalLong.of(0);
    }
    Matcher matcher = SPAN_PART.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      nanos =
          nanos.add(
              new BigDecimal(matcher.group(1))
                  .multiply(BigDecimal.valueOf(UNIT_NANOS.get(matcher.group(2)))));
      end = matcher.end();
    }
    return text.isEmpty() || end != text.length() || nanos.compareTo(MOST) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(nanos.setScale(0, RoundingMode.HALF_EVEN).longValue());
  }

  /**
   * The time between two stamps, to the second: they have no finer parts.
   *
   * @param from a stamp with the abbreviation of its zone
   * @param to another
   * @param zone the host's zone; needed only if the abbreviations differ, as when summer time ends
   *     between the two
   * @return {@code to - from}; empty if it cannot be told
   */
  static OptionalLong nanosBetween(String from, String to, String zone) {
    Matcher first = STAMP.matcher(from);
    Matcher second = STAMP.matcher(to);
    if (!first.matches() || !second.matches()) {
      return OptionalLong.empty();
    }
    try {
      return first.group(3).equals(second.group(3))
          ? nanos(Duration.between(local(first), local(second)))
          : acrossZones(first, second, ZoneId.of(zone));
    } catch (DateTimeException e) {
      return OptionalLong.empty(); // a date or a zone that does not exist
    }
  }

  private static OptionalLong acrossZones(Matcher first, Matcher second, ZoneId zone) {
    Optional<Instant> start = instant(first, zone);
    Optional<Instant> end = instant(second, zone);
    return start.isEmpty() || end.isEmpty()
        ? OptionalLong.empty()
        : nanos(Duration.between(start.get(), end.get()));
  }

  private static Optional<Instant> instant(Matcher stamp, ZoneId zone) {
    DateTimeFormatter name = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local(stamp));
    return offsets.stream()
        .map(offset -> ZonedDateTime.ofInstant(local(stamp), offset, zone))
        .filter(time -> offsets.size() == 1 || name.format(time).equals(stamp.group(3)))
        .map(ZonedDateTime::toInstant)
        .findFirst();
  }

  private static LocalDateTime local(Matcher stamp) {
    return LocalDateTime.of(LocalDate.parse(stamp.group(1)), LocalTime.parse(stamp.group(2)));
  }

  private static OptionalLong nanos(Duration duration) {
    return Math.abs(duration.toDays()) > 10_000
        ? OptionalLong.empty()
        : OptionalLong.of(duration.toNanos());
  }
}
