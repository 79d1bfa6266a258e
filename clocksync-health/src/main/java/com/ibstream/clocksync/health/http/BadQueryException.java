package com.ibstream.clocksync.health.http;

/** A client asked for what makes no sense; the message tells it. */
final class BadQueryException extends Exception {

  private static final long serialVersionUID = 1L;

  BadQueryException(String message) {
    super(message);
  }
}
