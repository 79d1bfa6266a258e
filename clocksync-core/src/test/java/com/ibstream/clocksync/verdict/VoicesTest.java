package com.ibstream.clocksync.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoicesTest {

  /** For example {@code 192.0.2.1:123 2 192.0.2.9 COMBINED}. */
  private static SourceFacts source(String text) {
    List<String> words = Splitter.on(' ').splitToList(text);
    return new SourceFacts(
        words.get(0),
        words.get(0),
        SourceState.valueOf(words.get(3)),
        Optional.empty(),
        "",
        Map.of(),
        1,
        1,
        1,
        64,
        false,
        false,
        Optional.of(
            new SourceFacts.Measurement(
                0, 1, 1, 1, Integer.parseInt(words.get(1)), words.get(2), 0, 0, false)));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1:123 1 GPS COMBINED; 192.0.2.2:123 1 GPS SELECTED, 2",
    "192.0.2.1:123 1 GPS COMBINED; 192.0.2.1:124 1 PPS SELECTED, 1",
    "127.0.0.1:10 1 GPS COMBINED; 127.0.0.1:11 1 PPS SELECTED, 2",
    "[::1]:10 1 GPS COMBINED; [::1]:11 1 PPS SELECTED, 2",
    "192.0.2.1:123 2 192.0.2.9 COMBINED; 192.0.2.2:123 2 192.0.2.9 JITTERY, 1",
    "192.0.2.1:123 2 192.0.2.2 COMBINED; 192.0.2.2:123 1 GPS COMBINED, 1",
    "192.0.2.1:123 2 192.0.2.9 COMBINED; 192.0.2.2:123 2 192.0.2.8 COMBINED, 2",
    "192.0.2.1:123 1 GPS COMBINED; 192.0.2.2:123 1 PPS DISTANT, 1",
    "192.0.2.1:123 1 GPS COMBINED; 192.0.2.2:123 1 PPS FALSETICKER, 1",
    "192.0.2.1:123 3 192.0.2.2 COMBINED; 192.0.2.2:123 2 192.0.2.3 COMBINED; 192.0.2.3:123 1 GPS COMBINED, 1",
    "192.0.2.1:123 1 GPS UNDECIDED, 0",
  })
  void shouldCountWhoSpeaksForItself(String sources, int voices) {
    List<SourceFacts> facts =
        Splitter.on("; ").splitToStream(sources).map(VoicesTest::source).toList();

    assertThat(Voices.agreeing(facts)).isEqualTo(voices);
  }
}
