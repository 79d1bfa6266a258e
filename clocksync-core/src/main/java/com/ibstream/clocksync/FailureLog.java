package com.ibstream.clocksync;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Reports what should not have happened, once for each kind. Never throws: a log that fails, or no
 * memory for it, is no reason to end what goes on. Safe for threads.
 */
final class FailureLog {

  private final Logger log;
  private final String message;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /**
   * Nothing was reported yet.
   *
   * @param log where to
   * @param message what goes on in spite of it
   */
  FailureLog(Logger log, String message) {
    this.log = log;
    this.message = message;
  }

  /** Reports it, unless one of its class was thrown in the same place before. */
  void report(Throwable failure) {
    try {
      StackTraceElement[] frames = failure.getStackTrace();
      if (reported.add(failure.getClass().getName() + (frames.length == 0 ? "" : frames[0]))) {
        log.error("{}", message, failure);
      }
    } catch (Throwable unreportable) {
      // Whatever it was that failed, it is not more important than what goes on.
    }
  }
}
