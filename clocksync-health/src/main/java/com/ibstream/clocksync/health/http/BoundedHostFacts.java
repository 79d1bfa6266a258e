package com.ibstream.clocksync.health.http;

import com.ibstream.clocksync.health.OverallStatus;
import com.ibstream.clocksync.time.Ruler;
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
 * meanwhile gets its answer, too, but none that was begun more than a second ago: what it says may
 * be older than the block, and waiting for it would only hold a thread. Safe for many threads.
 */
final class BoundedHostFacts {

  private static final long LIMIT_NANOS = 1_000_000_000L;
  private static final long IDLE_SECONDS = 1;

  private final Supplier<HostView> reader;
  private final Ruler ruler;
  private final ThreadPoolExecutor executor;
  private Optional<Question> pending = Optional.empty();
  private volatile String lastServiceName = HostFacts.NONE.serviceName();

  BoundedHostFacts(Supplier<HostView> reader, Ruler ruler) {
    this.ruler = ruler;
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
  }

  private record Question(CompletableFuture<HostView> answer, long askedMonoNanos) {}

  HostView read() {
    try {
      Question question = question();
      long leftNanos = LIMIT_NANOS - (ruler.monoNanos() - question.askedMonoNanos());
      if (leftNanos <= 0) {
        return silent("host facts: no answer within 1 s");
      }
      HostView view = question.answer().get(leftNanos, TimeUnit.NANOSECONDS);
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

  private synchronized Question question() {
    Question question =
        pending
            .filter(asked -> !asked.answer().isDone())
            .orElseGet(
                () ->
                    new Question(
                        CompletableFuture.supplyAsync(reader, executor), ruler.monoNanos()));
    pending = Optional.of(question);
    return question;
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
