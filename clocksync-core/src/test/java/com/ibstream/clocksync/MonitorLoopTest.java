package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.time.Ruler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing ends the thread of a monitor but its end: a clock that nobody watches is trusted yet. */
class MonitorLoopTest {

  private final Ruler ruler = Ruler.system();
  private final MonitorLoop loop = new MonitorLoop(ruler);

  @AfterEach
  void close() {
    loop.close();
  }

  /** As a log appender does whose disk is full, or any allocation where the heap is. */
  private static final class Unreportable extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  private void schedule(Runnable task) {
    loop.schedule(ruler.monoNanos(), task);
  }

  private static boolean isDone(CountDownLatch latch) throws InterruptedException {
    return latch.await(60, TimeUnit.SECONDS);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwUndeclared(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private void assertGoesOnAfter(Runnable failing) throws InterruptedException {
    CountDownLatch later = new CountDownLatch(1);
    schedule(failing);
    schedule(later::countDown);

    loop.start(() -> {});

    assertThat(isDone(later)).isTrue();
  }

  @Test
  void shouldGoOnWhenAFailureCannotBeReported() throws Exception {
    assertGoesOnAfter(
        () -> {
          throw new Unreportable();
        });
  }

  @Test
  void shouldGoOnAfterACheckedExceptionThatNobodyDeclared() throws Exception {
    assertGoesOnAfter(
        () -> MonitorLoopTest.<RuntimeException>throwUndeclared(new Exception("undeclared")));
  }

  @Test
  void shouldRunTheStandingTaskWhenNothingIsPlannedAnyMore() throws Exception {
    CountDownLatch twice = new CountDownLatch(2);

    loop.start(
        () -> {
          twice.countDown();
          throw new OutOfMemoryError("Java heap space");
        });

    assertThat(isDone(twice)).isTrue();
  }
}
