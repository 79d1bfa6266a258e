package com.ibstream.clocksync.seam;

import java.time.Duration;
import java.util.List;

/** Runs a program of the host, without a shell. */
@FunctionalInterface
public interface CommandRunner {

  /**
   * Runs a program to its end, or ends it when its time is up. Blocks; not for the monitor's
   * thread.
   *
   * @param command absolute path and arguments
   * @param limit the longest it may take
   * @return what it did; a program that cannot be started is a result, not an exception
   */
  CommandResult run(List<String> command, Duration limit);

  /**
   * What a program did.
   *
   * @param outcome how it ended
   * @param exitStatus its exit status; meaningful only for {@link Outcome#EXITED}
   * @param output standard output, cut at a limit
   * @param error standard error, cut at a limit, or why it did not start
   */
  record CommandResult(Outcome outcome, int exitStatus, String output, String error) {

    /** How a program ended. */
    public enum Outcome {
      /** It ended by itself. */
      EXITED,
      /** It was ended when its time was up. */
      TIMED_OUT,
      /** There is no such program on this host; known, not supposed. */
      ABSENT,
      /** It could not be started, or nobody knows whether it is there. */
      NOT_STARTED
    }
  }
}
