package com.ibstream.clocksync.health.http;

import com.ibstream.clocksync.health.OverallStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks the host service on a thread of its own and waits a second at the most, so that a service
 * that blocks delays its own facts and nothing else. At most one question is pending; whoever asks
 * meanwhile gets its answer, too. Safe for many threads.
 */
final class BoundedHostFacts {

  private static final long LIMIT_MILLIS = 1_000;
  private static final long IDLE_SECONDS = 1;

  private final Supplier<HostView> reader;
  private final ThreadPoolExecutor executor;
  private CompletableFuture<HostView> pending = new CompletableFuture<>();
  private volatile String lastServiceName = HostFacts.NONE.serviceName();

  BoundedHostFacts(Supplier<HostView> reader) {
    this.reader = reader;
    this.executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "clocksync-health-host");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    pending.cancel(false);
  }

  HostView read() {
    try {
      HostView view = question().get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
      lastServiceName = view.serviceName();
      return view;
    } catch (TimeoutException e) {
      return silent("host facts: no answer within 1 s");
    } catch (ExecutionException e) {
      return silent("host facts: " + e.getCause().getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return silent("host facts: interrupted");
    }
  }

  private synchronized CompletableFuture<HostView> question() {
    if (pending.isDone()) {
      pending = CompletableFuture.supplyAsync(reader, executor);
    }
    return pending;
  }

  /** A problem degrades the service, whatever else is said. */
  private HostView silent(String problem) {
    return new HostView(
        lastServiceName,
        Optional.empty(),
        OverallStatus.HEALTHY,
        Map.of(),
        Map.of(),
        Optional.empty(),
        List.of(problem));
  }
}
