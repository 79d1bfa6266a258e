package com.ibstream.clocksync.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that runs for long end in order when the process is told to end (Ctrl-C): the
 * command is woken, prints its summary, and the process ends with the command's own exit status
 * instead of the signal's. Safe for many threads.
 */
final class OrderlyStop implements AutoCloseable {

  private static final long GRACE_SECONDS = 5;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndHalt, "orderly-stop");
  private volatile int exitStatus = ExitStatus.OUR_FAILURE;

  private OrderlyStop() {}

  /** Begins to watch for the end of the process. */
  static OrderlyStop watch() {
    OrderlyStop stop = new OrderlyStop();
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Asks the command to end. */
  void ask() {
    asked.countDown();
  }

  /**
   * Waits.
   *
   * @param nanos at most so long; zero or less does not wait
   * @return whether the command was asked to end
   */
  boolean await(long nanos) throws InterruptedException {
    return asked.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** The command has said all it has to say. */
  int ended(int status) {
    exitStatus = status;
    return status;
  }

  /** Stops watching; whoever ends the process now need wait no longer. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook does the rest.
    }
  }

  private void stopAndHalt() {
    ask();
    try {
      ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.out.flush();
    Runtime.getRuntime().halt(exitStatus);
  }
}
