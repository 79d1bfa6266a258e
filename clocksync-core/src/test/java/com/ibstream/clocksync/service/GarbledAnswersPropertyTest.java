package com.ibstream.clocksync.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.testing.FakeHostFiles;
import com.ibstream.clocksync.testing.FakeRuler;
import com.ibstream.clocksync.testing.FakeWallClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the tools print, nothing is thrown, and nothing that was lost is taken for good. */
class GarbledAnswersPropertyTest {

  private static final int ROUNDS = 1500;
  private static final String[] SCRAPS = {
    "NaN",
    "-inf",
    "1e308",
    "99999999999999999999999999",
    "-",
    "",
    "=",
    ",",
    "\n",
    "\n\n",
    "é",
    "٣",
    "\u0000",
    "😀",
    "{",
    "}",
    "127.127.1.1",
    "-1",
    "0",
    " ",
    "\t",
    "\"",
  };

  @ParameterizedTest
  @CsvSource({
    "chrony, 02-healthy-1-server",
    "ntpsec, 02-healthy-1-server",
    "timesyncd, 02-healthy"
  })
  void shouldNeverThrowAtGarbledText(String service, String state) {
    SplittableRandom random = new SplittableRandom(7);

    for (int round = 0; round < ROUNDS; round++) {
      ServiceFacts facts = probe(service, state, text -> garbled(text, random));

      assertThat(facts.reason()).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "chrony, 02-healthy-1-server",
    "ntpsec, 02-healthy-1-server",
    "timesyncd, 02-healthy"
  })
  void shouldNeverCallACutAnswerGood(String service, String state) {
    for (int share = 0; share < 100; share++) {
      int percent = share;
      ServiceFacts facts =
          probe(service, state, text -> text.substring(0, text.length() * percent / 200));

      assertThat(facts.state()).as(facts.reason()).isNotEqualTo(State.SYNCHRONISED);
    }
  }

  private static ServiceFacts probe(String service, String state, UnaryOperator<String> change) {
    CapturedHost host = CapturedHost.of(service, state);
    FakeRuler ruler = new FakeRuler(host.nowMonoNanos(100));
    return new TimeServiceProbe(
            (command, limit) -> changed(host, command, limit, change),
            new FakeHostFiles(),
            new FakeWallClock(ruler, 1_795_351_160_000_000_000L),
            ruler)
        .probe(Optional.empty(), Optional.empty());
  }

  private static CommandResult changed(
      CapturedHost host, List<String> command, Duration limit, UnaryOperator<String> change) {
    CommandResult result = host.run(command, limit);
    return new CommandResult(
        result.outcome(), result.exitStatus(), change.apply(result.output()), result.error());
  }

  private static String garbled(String text, SplittableRandom random) {
    StringBuilder garbled = new StringBuilder(text);
    int changes = random.nextInt(4);
    for (int change = 0; change < changes && garbled.length() > 1; change++) {
      int start = random.nextInt(garbled.length());
      int end = Math.min(garbled.length(), start + random.nextInt(12));
      garbled.replace(start, end, SCRAPS[random.nextInt(SCRAPS.length)]);
    }
    return random.nextInt(8) == 0
        ? garbled.substring(0, random.nextInt(garbled.length() + 1))
        : garbled.toString();
  }
}
