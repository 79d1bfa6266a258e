package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ibstream.clocksync.health.OverallStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A host service that blocks, and what it says when it is done at last. */
class BoundedHostFactsTest {

  private static final String SILENT = "host facts: no answer within 1 s";

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final BoundedHostFacts facts = new BoundedHostFacts(this::answer);

  private HostView answer() {
    asked.incrementAndGet();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return view();
  }

  private static HostView view() {
    return new HostView(
        "svc",
        Optional.of(true),
        OverallStatus.HEALTHY,
        Map.of(),
        Map.of(),
        Optional.empty(),
        List.of());
  }

  @Test
  void shouldNotHoldAThreadForAQuestionThatIsOverdue() {
    assertThat(facts.read().problems()).containsExactly(SILENT);

    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertThat(facts.read().problems()).containsExactly(SILENT);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
    assertThat(asked).hasValue(1);
    release.countDown();
  }

  @Test
  void shouldAskAnewRatherThanTellAnAnswerBegunLongAgo() {
    facts.read();
    CompletableFuture<HostView> overdue = CompletableFuture.supplyAsync(facts::read);
    assertThat(overdue.join().problems()).containsExactly(SILENT);

    release.countDown();

    await().atMost(Duration.ofSeconds(5)).until(() -> facts.read().problems().isEmpty());
    assertThat(asked).hasValue(2);
  }
}
