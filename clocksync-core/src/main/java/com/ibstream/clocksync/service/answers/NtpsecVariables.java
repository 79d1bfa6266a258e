package com.ibstream.clocksync.service.answers;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The system variables that {@code ntpq -c rv} prints, of ntpsec or of the older ntpd. The words of
 * its first line are not read: ntpsec prints "sync_unspec, no_sys_peer" in perfect health.
 *
 * @param leap the leap indicator; 3 = not synchronised
 * @param stratum its own stratum; 16 = not synchronised
 * @param referenceId what it follows: an address or a word such as {@code INIT}
 * @param referenceAgeNanos time since it last took the time of the reference, both ends on the
 *     system clock: negative after a step backwards; empty if it never did or does not say
 * @param offsetNanos the last offset that it measured; positive = our clock is behind; empty if it
 *     does not say
 * @param errorBoundNanos half its root delay and its root dispersion; empty if it does not say
 */
public record NtpsecVariables(
    int leap,
    int stratum,
    String referenceId,
    OptionalLong referenceAgeNanos,
    OptionalLong offsetNanos,
    OptionalLong errorBoundNanos) {

  private static final Pattern VARIABLE =
      Pattern.compile("(?:^|[,\\s])([a-z][a-z_0-9]*)=(\"[^\"]*\"|[^,\\s]*)");
  private static final Pattern STAMP =
      Pattern.compile("(?:0x)?([0-9a-fA-F]{8})\\.([0-9a-fA-F]{8})");
  private static final Map<String, Integer> LEAPS = Map.of("00", 0, "01", 1, "10", 2, "11", 3);
  private static final int MOST_STRATUM = 16;

  /**
   * Reads the answer.
   *
   * @param text variables with commas between them, over several lines
   * @return what it says; unreadable without the leap indicator, the stratum and the reference, or
   *     if a variable that matters has an impossible value
   */
  public static Answer<NtpsecVariables> parse(String text) {
    Map<String, String> variables = new HashMap<>();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      variables.putIfAbsent(matcher.group(1), matcher.group(2));
    }
    Optional<Integer> leap = Optional.ofNullable(LEAPS.get(variables.getOrDefault("leap", "")));
    OptionalInt stratum = Numbers.whole(variables.getOrDefault("stratum", ""), MOST_STRATUM);
    String reference = variables.getOrDefault("refid", "");
    if (leap.isEmpty() || stratum.isEmpty() || reference.isEmpty()) {
      return Answer.unreadable(
          "ntpq -c rv lacks leap, stratum or refid: " + ToolOutput.quote(text));
    }
    boolean isGarbled =
        isBadStamp(variables, "reftime")
            || isBadStamp(variables, "clock")
            || isBadNumber(variables, "offset")
            || isBadNumber(variables, "rootdelay")
            || isBadNumber(variables, "rootdisp");
    if (isGarbled) {
      return Answer.unreadable("ntpq -c rv is garbled: " + ToolOutput.quote(text));
    }
    return Answer.read(
        new NtpsecVariables(
            leap.get(),
            stratum.getAsInt(),
            reference,
            age(variables),
            millis(variables, "offset"),
            bound(variables)));
  }

  private static OptionalLong age(Map<String, String> variables) {
    OptionalLong reference = stamp(variables.getOrDefault("reftime", ""));
    OptionalLong clock = stamp(variables.getOrDefault("clock", ""));
    if (reference.isEmpty() || clock.isEmpty() || reference.getAsLong() == 0) {
      return OptionalLong.empty();
    }
    // two's complement: right across the end of an era, as long as they are within 68 years
    long difference = clock.getAsLong() - reference.getAsLong();
    long seconds = difference >> Integer.SIZE;
    long fraction = difference & 0xffff_ffffL;
    return OptionalLong.of(
        seconds * 1_000_000_000L + ((fraction * 1_000_000_000L) >>> Integer.SIZE));
  }

  private static OptionalLong bound(Map<String, String> variables) {
    OptionalLong delay = millis(variables, "rootdelay");
    OptionalLong dispersion = millis(variables, "rootdisp");
    return delay.isEmpty() || dispersion.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, delay.getAsLong()) / 2 + Math.max(0, dispersion.getAsLong()));
  }

  private static OptionalLong millis(Map<String, String> variables, String name) {
    return Numbers.millisInNanos(variables.getOrDefault(name, ""));
  }

  private static boolean isBadNumber(Map<String, String> variables, String name) {
    return variables.containsKey(name) && millis(variables, name).isEmpty();
  }

  private static boolean isBadStamp(Map<String, String> variables, String name) {
    return variables.containsKey(name) && stamp(variables.get(name)).isEmpty();
  }

  private static OptionalLong stamp(String text) {
    Matcher matcher = STAMP.matcher(text);
    return matcher.matches()
        ? OptionalLong.of(Long.parseUnsignedLong(matcher.group(1) + matcher.group(2), 16))
        : OptionalLong.empty();
  }
}
