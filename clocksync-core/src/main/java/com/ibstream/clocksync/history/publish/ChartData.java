package com.ibstream.clocksync.history.publish;

import com.ibstream.clocksync.history.report.PeriodDetails.DriftPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The points of a chart as it wants them: columns, with a hole where nobody looked. Stateless. */
final class ChartData {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Two of the longest intervals between records, and some more. */
  private static final long MOST_SILENT_NANOS = 900_000_000_000L;

  /** An instant, with a point or without. */
  private record Mark(long atEpochNanos, Optional<DriftPoint> point) {}

  private ChartData() {}

  /**
   * Columns: seconds since 1970, then most, mean and least drift in milliseconds.
   *
   * @param points by time
   * @return a JSON array of arrays
   */
  static String of(List<DriftPoint> points) {
    List<Mark> marks = marked(points);
    return "["
        + marks.stream()
            .map(mark -> text("%.3f", mark.atEpochNanos() / NANOS_PER_SECOND))
            .collect(Collectors.joining(",", "[", "]"))
        + column(marks, point -> -point.leastNanos() / NANOS_PER_MILLI)
        + column(marks, point -> -point.offsetNanos() / NANOS_PER_MILLI)
        + column(marks, point -> -point.mostNanos() / NANOS_PER_MILLI)
        + "]";
  }

  /** A line from the last point before a dead time to the first after it would be invented. */
  private static List<Mark> marked(List<DriftPoint> points) {
    long width = Long.MAX_VALUE;
    for (int i = 1; i < points.size(); i++) {
      width = Math.min(width, points.get(i).atEpochNanos() - points.get(i - 1).atEpochNanos());
    }
    long most = Math.max(MOST_SILENT_NANOS, width < Long.MAX_VALUE / 4 ? 2 * width : 0);
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      long at = points.get(i).atEpochNanos();
      if (i > 0 && at - points.get(i - 1).atEpochNanos() > most) {
        marks.add(new Mark((at + points.get(i - 1).atEpochNanos()) / 2, Optional.empty()));
      }
      marks.add(new Mark(at, Optional.of(points.get(i))));
    }
    return marks;
  }

  private static String column(List<Mark> marks, Function<DriftPoint, Double> value) {
    return marks.stream()
        .map(mark -> mark.point().map(value).map(number -> text("%.6f", number)).orElse("null"))
        .collect(Collectors.joining(",", ",[", "]"));
  }

  private static String text(String format, double number) {
    return String.format(Locale.ROOT, format, number);
  }
}
