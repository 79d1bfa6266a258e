package com.ibstream.clocksync.time;

import static com.ibstream.clocksync.time.LineProposals.EPOCH;
import static com.ibstream.clocksync.time.LineProposals.MILLI;
import static com.ibstream.clocksync.time.LineProposals.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.testing.FakeRuler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A writer that is put to sleep, and readers that come between. */
class HandoverTest {

  /**
   * A ruler that runs something before each of its next readings: another thread, or the scheduler.
   */
  private static final class InterruptedRuler implements Ruler {
    private final FakeRuler ruler = new FakeRuler(1_000);
    private final Deque<Runnable> before = new ArrayDeque<>();

    @Override
    public long monoNanos() {
      if (!before.isEmpty()) {
        before.poll().run();
      }
      return ruler.monoNanos();
    }
  }

  private final InterruptedRuler ruler = new InterruptedRuler();
  private final LinePublisher publisher = new LinePublisher(ruler);
  private final TrustedClock clock = publisher.clock();

  private void nothing() {}

  @Test
  void shouldMoveTheSwitchOnWhenTheWriterSleepsBeforeItLooksAgain() {
    publisher.publish(LineProposals.at(ruler.monoNanos(), EPOCH, MILLI));
    ruler.ruler.advance(SECOND);
    long before = clock.epochNanos();
    ruler.before.add(
        this::nothing); // the writer reads the ruler, chooses a switch 1 ms ahead, publishes ...
    ruler.before.add(() -> ruler.ruler.advance(500 * MILLI)); // ... and sleeps for half a second

    Correction correction =
        publisher.publish(LineProposals.at(ruler.ruler.monoNanos(), before + SECOND, MILLI));

    assertThat(correction.kind()).isEqualTo(Correction.Kind.STEPPED);
    long mono = ruler.ruler.monoNanos();
    assertThat(clock.epochNanos()).as("still the old line").isEqualTo(EPOCH + mono - 1_000);
    ruler.ruler.advance(10 * MILLI);
    assertThat(clock.epochNanos()).isGreaterThan(before + SECOND + 500 * MILLI);
  }

  @Test
  void shouldDropTheLineForEverybodyWhenAReaderPassesTheSwitchFirst() {
    publisher.publish(LineProposals.at(ruler.monoNanos(), EPOCH, MILLI));
    ruler.ruler.advance(SECOND);
    long before = clock.epochNanos();
    long[] seen = new long[2];
    ruler.before.add(this::nothing);
    ruler.before.add(
        () -> {
          ruler.ruler.advance(2 * MILLI); // past the switch
          seen[0] = clock.epochNanos(); // a reader finds it undecided and drops it
          seen[1] = clock.read(new Reading()).epochNanos();
        });

    publisher.publish(LineProposals.at(ruler.ruler.monoNanos(), before + SECOND, MILLI));

    assertThat(seen[0]).isEqualTo(before + 2 * MILLI);
    assertThat(seen[1]).isEqualTo(before + 2 * MILLI);
    assertThat(clock.epochNanos()).as("before the second switch").isEqualTo(before + 2 * MILLI);
    ruler.ruler.advance(5 * MILLI);
    assertThat(clock.epochNanos()).isGreaterThan(before + SECOND);
  }

  @Test
  void shouldUseTheOldLineBeforeTheSwitchWhileUndecided() {
    publisher.publish(LineProposals.at(ruler.monoNanos(), EPOCH, MILLI));
    ruler.ruler.advance(SECOND);
    long before = clock.epochNanos();
    boolean[] trusted = new boolean[1];
    long[] bound = new long[1];
    ruler.before.add(this::nothing);
    ruler.before.add(
        () -> {
          trusted[0] = clock.isTrusted();
          bound[0] = clock.errorBoundNanos();
        });

    publisher.publish(LineProposals.at(ruler.ruler.monoNanos(), before + SECOND, 100));

    assertThat(trusted[0]).isTrue();
    assertThat(bound[0]).isGreaterThanOrEqualTo(MILLI);
    ruler.ruler.advance(2 * MILLI);
    assertThat(clock.epochNanos()).isEqualTo(before + SECOND + 2 * MILLI);
  }

  @Test
  void shouldReadTheRulerAgainWhenAReaderSleptLongerThanLinesAreRemembered() {
    publisher.publish(LineProposals.at(ruler.monoNanos(), EPOCH, MILLI));
    ruler.ruler.advance(SECOND);
    long oldMono = ruler.ruler.monoNanos();
    for (int i = 0; i < 5; i++) {
      publisher.publish(
          LineProposals.at(
              ruler.ruler.monoNanos(),
              EPOCH + ruler.ruler.monoNanos() - 1_000 + 20 * MILLI * i,
              MILLI));
      ruler.ruler.advance(3 * SECOND);
    }
    UtcLine forgetful = clock.line;

    // The reader's first reading is as old as a reader that slept between ruler and line would have
    // it.
    long[] readings = {oldMono, ruler.ruler.monoNanos()};
    int[] at = {0};
    TrustedClock sleepy = new TrustedClock(() -> readings[Math.min(at[0]++, 1)], Optional.empty());
    at[0] = 0;
    sleepy.line = forgetful;
    long epoch = sleepy.epochNanos();
    at[0] = 0;
    Reading reading = sleepy.read(new Reading());
    at[0] = 0;
    boolean trusted = sleepy.isTrusted();
    at[0] = 0;
    long bound = sleepy.errorBoundNanos();

    assertThat(forgetful.inForceAt(oldMono)).isNull();
    assertThat(epoch).isEqualTo(clock.epochNanos());
    assertThat(reading.epochNanos()).isEqualTo(epoch);
    assertThat(trusted).isTrue();
    assertThat(bound).isEqualTo(reading.errorBoundNanos());
  }

  @Test
  void shouldStayUntrustedForGoodWhenALineIsPublishedAfterTheEnd() {
    publisher.publish(LineProposals.at(ruler.monoNanos(), EPOCH, MILLI));
    publisher.close(TrustReason.MONITOR_CLOSED);

    publisher.publish(LineProposals.at(ruler.monoNanos(), clock.epochNanos(), MILLI));
    ruler.ruler.advance(SECOND);
    publisher.holdOver(TrustReason.NO_CONSENSUS);
    publisher.withdraw(TrustReason.CLOCK_STEPPED);

    assertThat(clock.isTrusted()).isFalse();
    assertThat(clock.read(new Reading()).reason()).isEqualTo(TrustReason.MONITOR_CLOSED);
  }
}
