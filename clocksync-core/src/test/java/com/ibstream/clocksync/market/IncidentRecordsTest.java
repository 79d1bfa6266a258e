package com.ibstream.clocksync.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.FeedFacts;
import com.ibstream.clocksync.testing.FakeRuler;
import com.ibstream.clocksync.testing.FakeWallClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The documented records of the real incident: nobody noticed then, the feed check would have. */
class IncidentRecordsTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long LOOK_NANOS = 200_000_000L;

  /** What the quartz may be off by, where the raw clock is seen; without it 500 ppm come on top. */
  private static final double QUARTZ_PPM = 15;

  private final FakeRuler ruler = new FakeRuler(Long.MAX_VALUE - SECOND);
  private FakeWallClock wall;
  private FeedJudge judge;

  private FeedFacts look(double errorPpm) {
    return judge.look(
        new FeedLook(
            ruler.monoNanos(),
            ruler.monoNanos(),
            0,
            errorPpm,
            wall.epochNanos(),
            0,
            Optional.empty(),
            false));
  }

  /** The records as they were written, each at its time by the host's own clock. */
  private FeedFacts replay(double errorPpm, List<IncidentTick> ticks) {
    FeedSettings settings = FeedSettings.of("ib").withResolution(Duration.ofSeconds(1));
    wall = new FakeWallClock(ruler, ticks.get(0).hostEpochNanos() - 10 * SECOND);
    FeedCheck check = new FeedCheck(ruler, settings);
    judge = new FeedJudge(check);
    look(errorPpm);
    for (IncidentTick tick : ticks) {
      long leftNanos = tick.hostEpochNanos() - wall.epochNanos();
      for (; leftNanos > LOOK_NANOS; leftNanos -= LOOK_NANOS) {
        ruler.advance(LOOK_NANOS);
        look(errorPpm);
      }
      ruler.advance(leftNanos);
      assertThat(wall.epochNanos()).isEqualTo(tick.hostEpochNanos());
      check.observe(tick.ibEpochNanos());
    }
    ruler.advance(LOOK_NANOS);
    return look(errorPpm);
  }

  @Test
  void shouldNameASlowClockOfAtLeast36SecondsWhenFedTheDocumentedRecords() throws IOException {
    FeedFacts facts = replay(QUARTZ_PPM, IncidentTick.all());

    assertThat(facts.observedCount()).isEqualTo(2);
    assertThat(facts.refusedCount()).isZero();
    // The lesser of both, 36.346 s, less 50 ms allowance and four hours at 15 ppm, 216 ms.
    assertThat(facts.systemClockSlowNanos().orElseThrow())
        .isBetween(36 * SECOND + 70_000_000, 36 * SECOND + 90_000_000);
    assertThat(facts.trustedClockSlowNanos()).isEmpty();
  }

  @Test
  void shouldStillNameASlowClockWhenTheRulerMayHaveBeenSlewedUnseen() throws IOException {
    FeedFacts facts = replay(QUARTZ_PPM + 500, IncidentTick.all());

    assertThat(facts.systemClockSlowNanos().orElseThrow())
        .isBetween(28 * SECOND, 29 * SECOND); // four hours at 515 ppm: 7.4 s
  }

  @Test
  void shouldNotBelieveOneRecordAlone() throws IOException {
    FeedFacts facts = replay(QUARTZ_PPM, IncidentTick.all().subList(0, 1));

    assertThat(facts.systemClockSlowNanos()).isEmpty();
  }
}
