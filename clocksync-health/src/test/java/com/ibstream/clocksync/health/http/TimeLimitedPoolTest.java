package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TimeLimitedPoolTest {

  @Test
  void shouldInterruptATaskWhoseTimeIsUp() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    try (TimeLimitedPool pool = new TimeLimitedPool(1)) {
      pool.execute(
          () -> {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              over.countDown();
            }
          });

      assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void shouldDropInSilenceWhatComesWhenItIsClosed() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean hasRun = new AtomicBoolean();
    TimeLimitedPool pool = new TimeLimitedPool(60_000);
    pool.close();
    Thread late = new Thread(() -> pool.runLimited(() -> hasRun.set(true)));
    late.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
    late.start();
    late.join();

    assertThat(thrown.get()).isNull();
    assertThat(hasRun).isFalse();
  }
}
