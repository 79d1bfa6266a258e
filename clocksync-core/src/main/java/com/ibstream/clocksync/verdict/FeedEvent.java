package com.ibstream.clocksync.verdict;

import java.util.Locale;
import java.util.OptionalLong;

/** A market feed says something new about one of our clocks. Immutable. */
public sealed interface FeedEvent extends ClockEvent {

  /**
   * Which feed.
   *
   * @return its name
   */
  String feed();

  /** Which of our clocks. */
  enum Clock {
    /** The published line, which the servers voted for. */
    TRUSTED("trusted clock"),
    /** The operating system's clock. */
    SYSTEM("system clock");

    private final String text;

    Clock(String text) {
      this.text = text;
    }

    /**
     * The clock, for people.
     *
     * @return two lower-case words
     */
    public String text() {
      return text;
    }
  }

  /**
   * The feed contradicts the vote, or no longer: its stamps are ahead of the latest UTC that the
   * trusted clock allows. Trust stays as it is: one voice against a majority.
   *
   * @param monoNanos when
   * @param feed its name
   * @param slowNanos by how much the trusted clock would be behind UTC, at least; empty if it is no
   *     longer contradicted
   */
  record TrustedClockContradicted(long monoNanos, String feed, OptionalLong slowNanos)
      implements FeedEvent {
    @Override
    public String text() {
      return slowNanos.isPresent()
          ? "feed "
              + feed
              + " contradicts the vote: by its stamps the trusted clock is behind by at least "
              + millis(slowNanos.getAsLong())
          : "feed " + feed + " no longer contradicts the vote";
    }

    @Override
    public boolean isWarning() {
      return slowNanos.isPresent();
    }
  }

  /**
   * The feed proves the system clock slow, or no longer.
   *
   * @param monoNanos when
   * @param feed its name
   * @param slowNanos by how much it is behind UTC, at least; empty if that is no longer proved
   */
  record SystemClockProvedSlow(long monoNanos, String feed, OptionalLong slowNanos)
      implements FeedEvent {
    @Override
    public String text() {
      return slowNanos.isPresent()
          ? "feed "
              + feed
              + " proves that the system clock is behind by at least "
              + millis(slowNanos.getAsLong())
          : "feed " + feed + " no longer proves the system clock behind";
    }

    @Override
    public boolean isWarning() {
      return slowNanos.isPresent();
    }
  }

  /**
   * The feed's ticks come in later than usual by one of our clocks, or no longer. They are delayed,
   * or that clock gained: the feed cannot tell.
   *
   * @param monoNanos when
   * @param feed its name
   * @param clock by which clock
   * @param isRaised whether they come in later than usual
   * @param riseNanos by how much, at least; empty if not known
   */
  record LatenessChanged(
      long monoNanos, String feed, Clock clock, boolean isRaised, OptionalLong riseNanos)
      implements FeedEvent {
    @Override
    public String text() {
      String by = " by the " + clock.text();
      return isRaised
          ? "ticks of feed "
              + feed
              + " come in later than usual"
              + by
              + (riseNanos.isPresent() ? ", by " + millis(riseNanos.getAsLong()) : "")
              + ": they are delayed, or that clock is ahead"
          : "ticks of feed " + feed + " come in as usual again" + by;
    }

    @Override
    public boolean isWarning() {
      return isRaised;
    }
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
  }
}
