package com.ibstream.clocksync.service.answers;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers of {@code timedatectl show-timesync} and {@code timedatectl show}: what
 * systemd-timesyncd last heard, and the time at which it was asked.
 *
 * <p>It says nothing of the clock's present offset: the one that it measured it has corrected
 * since.
 *
 * @param server the server that it asks; empty text if none
 * @param pollNanos its present poll interval; empty if it has none
 * @param message the last answer that it took; empty if there was none since it was started
 * @param isKernelSynchronised the kernel's flag, which says nothing of this service
 */
public record TimesyncStatus(
    String server,
    OptionalLong pollNanos,
    Optional<Message> message,
    boolean isKernelSynchronised) {

  private static final Pattern FIELD = Pattern.compile("([A-Za-z]+)=([^,}]*)");
  private static final int MOST_STRATUM = 16;
  private static final int LEAP_UNKNOWN = 3;

  /**
   * An answer of the server.
   *
   * @param leap the leap indicator; 3 = the server is not synchronised
   * @param stratum the server's stratum
   * @param reference the server's reference; may be empty
   * @param isSpike whether timesyncd did not use it, because it was too far off
   * @param ageNanos the time at which it was asked minus the server's time in the answer: the
   *     host's own stamp of the arrival may come from before the step that the answer made
   *     necessary; negative if the clock is behind; empty if it cannot be told
   * @param errorBoundNanos half the server's root delay and its root dispersion; empty if it does
   *     not say
   */
  public record Message(
      int leap,
      int stratum,
      String reference,
      boolean isSpike,
      OptionalLong ageNanos,
      OptionalLong errorBoundNanos) {

    /**
     * Whether a client may take the time from it.
     *
     * @return false for a server that says itself that it is not synchronised
     */
    public boolean isUsable() {
      return leap != LEAP_UNKNOWN && stratum > 0 && stratum < MOST_STRATUM;
    }
  }

  /**
   * Reads the two answers.
   *
   * @param timesync what {@code show-timesync} printed
   * @param show what {@code show} printed right after it
   * @return what they say
   */
  public static Answer<TimesyncStatus> parse(String timesync, String show) {
    Map<String, String> service = PropertyLines.block(timesync);
    Map<String, String> host = PropertyLines.block(show);
    // the last property that is always printed: without it the end may be missing
    if (!service.containsKey("Frequency") || !service.containsKey("PollIntervalMinUSec")) {
      return Answer.unreadable(
          "timedatectl show-timesync is incomplete: " + ToolOutput.quote(timesync));
    }
    String kernel = host.getOrDefault("NTPSynchronized", "");
    if (!kernel.equals("yes") && !kernel.equals("no")) {
      return Answer.unreadable("timedatectl show is incomplete: " + ToolOutput.quote(show));
    }
    Optional<Message> message = Optional.empty();
    if (service.containsKey("NTPMessage")) {
      message = message(service.get("NTPMessage"), host);
      if (message.isEmpty()) {
        return Answer.unreadable(
            "timedatectl shows a garbled message: " + ToolOutput.quote(service.get("NTPMessage")));
      }
    }
    OptionalLong poll = SystemdTime.spanNanos(service.getOrDefault("PollIntervalUSec", ""));
    return Answer.read(
        new TimesyncStatus(
            server(service),
            poll.isPresent() && poll.getAsLong() > 0 ? poll : OptionalLong.empty(),
            message.filter(each -> each.stratum() > 0 || each.leap() > 0),
            kernel.equals("yes")));
  }

  private static String server(Map<String, String> service) {
    String address = service.getOrDefault("ServerAddress", "");
    return address.isEmpty() ? service.getOrDefault("ServerName", "") : address;
  }

  private static Optional<Message> message(String text, Map<String, String> host) {
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return Optional.empty();
    }
    Map<String, String> fields = new HashMap<>();
    Matcher matcher = FIELD.matcher(text);
    while (matcher.find()) {
      fields.putIfAbsent(matcher.group(1), matcher.group(2).strip());
    }
    OptionalInt leap = Numbers.whole(fields.getOrDefault("Leap", ""), LEAP_UNKNOWN);
    OptionalInt stratum = Numbers.whole(fields.getOrDefault("Stratum", ""), 255);
    if (leap.isEmpty() || stratum.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong delay = SystemdTime.spanNanos(fields.getOrDefault("RootDelay", ""));
    OptionalLong dispersion = SystemdTime.spanNanos(fields.getOrDefault("RootDispersion", ""));
    return Optional.of(
        new Message(
            leap.getAsInt(),
            stratum.getAsInt(),
            fields.getOrDefault("Reference", ""),
            "yes".equals(fields.getOrDefault("Ignored", fields.getOrDefault("Spike", "no"))),
            SystemdTime.nanosBetween(
                fields.getOrDefault("TransmitTimestamp", ""),
                host.getOrDefault("TimeUSec", ""),
                host.getOrDefault("Timezone", "")),
            delay.isEmpty() || dispersion.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(delay.getAsLong() / 2 + dispersion.getAsLong())));
  }
}
