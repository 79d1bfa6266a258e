package com.ibstream.clocksync.health.http;

import java.util.Objects;
import java.util.Optional;

/**
 * Another service, as {@code /system/health} shows it. Immutable.
 *
 * @param status its own word: {@code healthy} and {@code warning} mean that it works, all else that
 *     it does not
 * @param twsConnected whether it is connected to the trading workstation; empty if that is not
 *     known
 * @param message more about it, for people; may be empty
 * @param isOnThisHost whether it lives by the same system clock, so that our measurement is true of
 *     it, too
 */
public record ServiceFacts(
    String status, Optional<Boolean> twsConnected, String message, boolean isOnThisHost) {

  /** Rejects a service without a word for its status. */
  public ServiceFacts {
    Objects.requireNonNull(twsConnected, "twsConnected");
    Objects.requireNonNull(message, "message");
    if (status.isBlank()) {
      throw new IllegalArgumentException("status of a service must not be blank: '" + status + "'");
    }
  }
}
