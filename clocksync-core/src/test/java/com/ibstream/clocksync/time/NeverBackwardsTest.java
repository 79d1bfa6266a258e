package com.ibstream.clocksync.time;

import static com.ibstream.clocksync.time.LineProposals.EPOCH;
import static com.ibstream.clocksync.time.LineProposals.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Many threads read across many publications, on the machine's own ruler. */
class NeverBackwardsTest {

  private static final int READERS = 6;
  private static final int PUBLICATIONS = 3_000;
  private static final long READS_BETWEEN = 300;
  private static final long GIVE_UP_NANOS = 120_000_000_000L;

  @Test
  void shouldNeverGoBackwardsWithinOrBetweenThreadsWhenLinesChangeAllTheTime() throws Exception {
    Ruler ruler = Ruler.system();
    LinePublisher publisher = new LinePublisher(ruler);
    TrustedClock clock = publisher.clock();
    long startMono = ruler.monoNanos();
    publisher.publish(LineProposals.at(startMono, EPOCH, MILLI));
    AtomicBoolean isDone = new AtomicBoolean();
    AtomicLong latestSeen = new AtomicLong();
    LongAdder reads = new LongAdder();
    LongAdder backwards = new LongAdder();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      boolean usesReading = i % 2 == 0;
      Thread reader =
          new Thread(() -> read(clock, usesReading, isDone, latestSeen, reads, backwards));
      reader.setDaemon(true);
      readers.add(reader);
      reader.start();
    }

    SplittableRandom random = new SplittableRandom(42);
    long giveUpMono = startMono + GIVE_UP_NANOS;
    for (int i = 0; i < PUBLICATIONS; i++) {
      while (reads.sum() < i * READS_BETWEEN && ruler.monoNanos() - giveUpMono < 0) {
        Thread.onSpinWait(); // readers must come between publications
      }
      long mono = ruler.monoNanos();
      long error =
          i % 10 == 0 ? random.nextLong(-15 * MILLI, 25 * MILLI) : random.nextLong(-MILLI, MILLI);
      publisher.publish(
          LineProposals.at(
              mono, EPOCH + (mono - startMono) + error, MILLI, random.nextDouble(-10, 10)));
    }
    isDone.set(true);
    for (Thread reader : readers) {
      reader.join(10_000);
    }

    System.out.printf(
        "never backwards: %,d reads by %d threads, %,d publications%n",
        reads.sum(), READERS, PUBLICATIONS);
    assertThat(backwards.sum()).isZero();
    assertThat(reads.sum()).isGreaterThan((PUBLICATIONS - 1) * READS_BETWEEN);
  }

  private static void read(
      TrustedClock clock,
      boolean usesReading,
      AtomicBoolean isDone,
      AtomicLong latestSeen,
      LongAdder reads,
      LongAdder backwards) {
    Reading reading = new Reading();
    long own = Long.MIN_VALUE;
    while (!isDone.get()) {
      long others = latestSeen.get(); // seen by somebody before this read began
      long now = usesReading ? clock.read(reading).epochNanos() : clock.epochNanos();
      if (now < own || now < others) {
        backwards.increment();
      }
      own = now;
      latestSeen.accumulateAndGet(now, Math::max);
      reads.increment();
    }
  }
}
