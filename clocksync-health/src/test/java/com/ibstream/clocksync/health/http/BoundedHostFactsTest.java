package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ibstream.clocksync.health.OverallStatus;
import com.ibstream.clocksync.testing.FakeRuler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A host service that blocks, and what it says when it is done at last. */
class BoundedHostFactsTest {

  private static final String SILENT = "host facts: no answer within 1 s";

  private final CountDownLatch release = new CountDownLatch(1);
  private final FakeRuler ruler = new FakeRuler(Long.MAX_VALUE - 5);
  private final AtomicInteger asked = new AtomicInteger();
  private final BoundedHostFacts facts = new BoundedHostFacts(this::answer, ruler);

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

  /** Who waits is interrupted at once, and so says something else than who does not wait. */
  private List<String> problemsWithoutPatience() {
    Thread.currentThread().interrupt();
    try {
      return facts.read().problems();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void shouldNeitherWaitForAnOverdueAnswerNorTellIt() {
    assertThat(problemsWithoutPatience()).containsExactly("host facts: interrupted");
    await().until(() -> asked.get() == 1);
    ruler.advance(999_999_999L);
    assertThat(problemsWithoutPatience()).containsExactly("host facts: interrupted");

    ruler.advance(1);

    assertThat(problemsWithoutPatience()).containsExactly(SILENT);
    assertThat(asked).hasValue(1);
    release.countDown();
    await().until(() -> facts.read().problems().isEmpty());
    assertThat(asked).as("asked anew").hasValue(2);
  }
}
