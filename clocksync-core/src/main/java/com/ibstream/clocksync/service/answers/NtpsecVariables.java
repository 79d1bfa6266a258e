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
 *     system clock: negative after a step backwards; empty if it never did
 * @param offsetNanos the last offset that it measured; positive = our clock is behind
 * @param errorBoundNanos half its root delay and its root dispersion
 */
public record NtpsecVariables(
    int leap,
    int stratum,
    String referenceId,
    OptionalLong referenceAgeNanos,
    long offsetNanos,
    long errorBoundNanos) {

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
   * @return what it says; unreadable if a variable that matters is missing or has an impossible
   *     value
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
    boolean isWhole =
        stamp(variables.getOrDefault("reftime", "")).isPresent()
            && stamp(variables.getOrDefault("clock", "")).isPresent()
            && millis(variables, "offset").isPresent()
            && millis(variables, "rootdelay").isPresent()
            && millis(variables, "rootdisp").isPresent();
    if (!isWhole) {
      return Answer.unreadable("ntpq -c rv is garbled or cut: " + ToolOutput.quote(text));
    }
    return Answer.read(
        new NtpsecVariables(
            leap.get(),
            stratum.getAsInt(),
            reference,
            age(variables),
            millis(variables, "offset").orElseThrow(),
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

  private static long bound(Map<String, String> variables) {
    long delay = Math.max(0, millis(variables, "rootdelay").orElse(0));
    return delay / 2 + Math.max(0, millis(variables, "rootdisp").orElse(0));
  }

  private static OptionalLong millis(Map<String, String> variables, String name) {
    return Numbers.millisInNanos(variables.getOrDefault(name, ""));
  }

  private static OptionalLong stamp(String text) {
    Matcher matcher = STAMP.matcher(text);
    return matcher.matches()
        ? OptionalLong.of(Long.parseUnsignedLong(matcher.group(1) + matcher.group(2), 16))
        : OptionalLong.empty();
  }
}
