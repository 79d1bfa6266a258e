package com.ibstream.clocksync.ntp;

import java.util.ArrayDeque;
import java.util.Optional;

/** The exchanges of one source whose ports are open. Monitor thread only. */
final class OpenExchanges {

  /** How many ports listen on for late and second answers at the most. */
  private static final int MAX_LINGERING = 2;

  private final ArrayDeque<NtpExchange> lingering = new ArrayDeque<>();
  private Optional<NtpExchange> pending = Optional.empty();

  void began(NtpExchange exchange) {
    pending = Optional.of(exchange);
  }

  /** The pending exchange has its outcome, and listens on in place of the eldest that does. */
  void ended() {
    pending.ifPresent(lingering::addLast);
    pending = Optional.empty();
    if (lingering.size() > MAX_LINGERING) {
      lingering.removeFirst().close();
    }
  }

  boolean isPending() {
    return pending.isPresent();
  }

  void close() {
    pending.ifPresent(NtpExchange::close);
    pending = Optional.empty();
    lingering.forEach(NtpExchange::close);
    lingering.clear();
  }
}
