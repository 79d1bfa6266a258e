package com.ibstream.clocksync.service.answers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The answer of {@code chronyc -c -n tracking}: what chronyd thinks of the system clock.
 *
 * <p>Its fifth field, "System time", is what is still to be slewed; positive = the system clock is
 * behind, which is our sign. Its other signs (last offset, frequency) are the opposite and not
 * used.
 *
 * @param referenceId the reference, eight hexadecimal digits in capitals
 * @param name the address or the name of the reference; empty text if none
 * @param stratum its own stratum; 0 if it has none
 * @param referenceEpochNanos when it last took the time of the reference, on its own corrected
 *     clock, nanoseconds since 1970; 0 if it never did
 * @param offsetNanos what is still to be added to the system clock; positive = it is behind
 * @param rootDelayNanos the delay to the root
 * @param rootDispersionNanos the dispersion to the root, now
 * @param updateIntervalNanos time between its last two updates
 * @param isLeapKnown false if its leap status is "Not synchronised"
 */
public record ChronyTracking(
    String referenceId,
    String name,
    int stratum,
    long referenceEpochNanos,
    long offsetNanos,
    long rootDelayNanos,
    long rootDispersionNanos,
    long updateIntervalNanos,
    boolean isLeapKnown) {

  private static final int FIELDS = 14;
  private static final Pattern REFERENCE = Pattern.compile("[0-9A-F]{8}");
  private static final Map<String, Boolean> LEAPS =
      Map.of(
          "Normal", true, "Insert second", true, "Delete second", true, "Not synchronised", false);

  /**
   * Reads the answer.
   *
   * @param text one line of fourteen fields; more fields at its end are left alone
   * @return what it says
   */
  public static Answer<ChronyTracking> parse(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() != 1) {
      return Answer.unreadable("chronyc tracking has " + lines.size() + " lines, not one");
    }
    String[] fields = lines.get(0).strip().split(",", -1);
    if (fields.length < FIELDS) {
      return Answer.unreadable(
          "chronyc tracking has " + fields.length + " fields: " + ToolOutput.quote(text));
    }
    OptionalInt stratum = Numbers.whole(fields[2], 16);
    OptionalLong reference = Numbers.secondsInNanos(fields[3]);
    OptionalLong offset = Numbers.secondsInNanos(fields[4]);
    OptionalLong delay = Numbers.secondsInNanos(fields[10]);
    OptionalLong dispersion = Numbers.secondsInNanos(fields[11]);
    OptionalLong interval = Numbers.secondsInNanos(fields[12]);
    Optional<Boolean> isLeapKnown = Optional.ofNullable(LEAPS.get(fields[13]));
    boolean isWhole =
        stratum.isPresent()
            && reference.isPresent()
            && offset.isPresent()
            && delay.isPresent()
            && dispersion.isPresent()
            && interval.isPresent()
            && isLeapKnown.isPresent()
            && REFERENCE.matcher(fields[0]).matches();
    if (!isWhole || reference.getAsLong() < 0 || dispersion.getAsLong() < 0) {
      return Answer.unreadable("chronyc tracking is garbled: " + ToolOutput.quote(text));
    }
    return Answer.read(
        new ChronyTracking(
            fields[0],
            fields[1],
            stratum.getAsInt(),
            reference.getAsLong(),
            offset.getAsLong(),
            Math.max(0, delay.getAsLong()),
            dispersion.getAsLong(),
            Math.max(0, interval.getAsLong()),
            isLeapKnown.get()));
  }
}
