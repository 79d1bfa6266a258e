package com.ibstream.clocksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentFileTest {

  private static final Map<String, String> PROCESS =
      Map.of("OUTSIDE", "7s", "EMPTY", "", "SHARED", "process");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve(".env");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CLOCKSYNC_X=1s | 1s",
        "export CLOCKSYNC_X=1s | 1s",
        "`  export   CLOCKSYNC_X = 1s  ` | 1s",
        "CLOCKSYNC_X='1s' | 1s",
        "CLOCKSYNC_X=\"1s\" | 1s",
        "CLOCKSYNC_X=\" 1s \" | ` 1s `",
        "CLOCKSYNC_X= | ``",
        "CLOCKSYNC_X='' | ``",
        "CLOCKSYNC_X=1s # comment | 1s",
        "CLOCKSYNC_X='1s' # it's a comment | 1s",
        "CLOCKSYNC_X=\"a # b\" | a # b",
        "CLOCKSYNC_X=a#b | a#b",
        "CLOCKSYNC_X=#b | #b",
        "CLOCKSYNC_X= # b | ``",
        "CLOCKSYNC_X=a=b | a=b",
        "CLOCKSYNC_X=it's | it's",
        "CLOCKSYNC_X=[::1]:123,b | [::1]:123,b",
        "CLOCKSYNC_X=${OUTSIDE} | 7s",
        "CLOCKSYNC_X=\"${OUTSIDE}\" | 7s",
        "CLOCKSYNC_X='${OUTSIDE}' | ${OUTSIDE}",
        "CLOCKSYNC_X=${OUTSIDE:-1s} | 7s",
        "CLOCKSYNC_X=${NOWHERE:-1s} | 1s",
        "CLOCKSYNC_X=${EMPTY:-1s} | 1s",
        "CLOCKSYNC_X=${NOWHERE:-} | ``",
        "CLOCKSYNC_X=${CLOCKSYNC_X:-1s} | 1s",
        "CLOCKSYNC_X=${NOWHERE:-${OUTSIDE}} | 7s",
        "CLOCKSYNC_X=${NOWHERE:-${EMPTY:-a}b}c | abc",
        "CLOCKSYNC_X=a,${OUTSIDE},${OUTSIDE}b | a,7s,7sb",
        "CLOCKSYNC_X=$OUTSIDE | $OUTSIDE",
      })
  void shouldReadTheValueWhenALineIsOurs(String line, String value) throws IOException {
    assertThat(read(line))
        .containsExactly(new Setting("CLOCKSYNC_X", value, "in " + file + " line 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0085", "\u2028", "\u2029"})
  void shouldNotOverlookOurLineWhenAStrangeEndOfLineIsInIt(String strange) throws IOException {
    assertThat(read("CLOCKSYNC_X=1s" + strange + "x # a comment" + strange + "goes on"))
        .containsExactly(
            new Setting("CLOCKSYNC_X", "1s" + strange + "x", "in " + file + " line 1"));
  }

  @Test
  void shouldRefuseReferencesThatAreNestedTooDeep() throws IOException {
    String nested = "${A:-".repeat(32) + "1s" + "}".repeat(32);
    assertThat(read("CLOCKSYNC_X=" + nested)).first().extracting(Setting::value).isEqualTo("1s");

    for (int depth : new int[] {33, 20_000}) {
      String tooDeep = "${A:-".repeat(depth) + "1s" + "}".repeat(depth);

      assertThatThrownBy(() -> read("CLOCKSYNC_X=" + tooDeep))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("CLOCKSYNC_X in " + file + " line 1", "nested deeper than 32");
    }
  }

  @Test
  @Timeout(60)
  void shouldTakeNoTimeWhenALineIsMostlyWhiteSpace() throws IOException {
    String space = " ".repeat(1_000_000);

    assertThat(read("CLOCKSYNC_X=a" + space + "b #c"))
        .first()
        .extracting(Setting::value)
        .isEqualTo("a" + space + "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "# CLOCKSYNC_X=1s",
        "  #CLOCKSYNC_X=1s",
        "IB_STREAM_TRACKED_CONTRACTS=\"711280073:MNQ:bid_ask;last:24\"",
        "IB_CLIENT=${NOWHERE}",
        "OTHER=\"unbalanced",
        "if [ -f x ]; then",
        "NOT_CLOCKSYNC_X=1",
        "clocksync_x=1",
        "CLOCKSYNC=1",
        "export PATH",
      })
  void shouldIgnoreALineWhenItIsNotOurs(String line) throws IOException {
    assertThat(read(line)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CLOCKSYNC_X | is not KEY=VALUE",
        "export CLOCKSYNC_X | is not KEY=VALUE",
        "CLOCKSYNC_X: 1s | is not KEY=VALUE",
        "CLOCKSYNC_X Y=1s | is not KEY=VALUE",
        "CLOCKSYNC_X='1s | not closed",
        "CLOCKSYNC_X=\"1s | not closed",
        "CLOCKSYNC_X='1s'x | after the closing quote",
        "CLOCKSYNC_X=${NOWHERE} | ${NOWHERE} is empty or not set",
        "CLOCKSYNC_X=${EMPTY} | ${EMPTY} is empty or not set",
        "CLOCKSYNC_X=${OUTSIDE | brace is not closed",
        "CLOCKSYNC_X=${NOWHERE:-${OUTSIDE} | brace is not closed",
        "CLOCKSYNC_X=${} | not ${}",
        "CLOCKSYNC_X=${OUTSIDE-1s} | not ${OUTSIDE-1s}",
        "CLOCKSYNC_X=${#OUTSIDE} | not ${#OUTSIDE}",
      })
  void shouldNameFileAndLineWhenOurLineIsMalformed(String line, String why) {
    assertThatThrownBy(() -> read("A=1", line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("CLOCKSYNC_X", "in " + file + " line 2", why);
  }

  @Test
  void shouldReferToEarlierLinesWhenTheProcessDoesNotSetThem() throws IOException {
    List<Setting> settings =
        read("HOST=ntp.example", "SHARED=file", "CLOCKSYNC_A=${HOST},${SHARED}", "HOST=later");

    assertThat(settings).extracting(Setting::value).containsExactly("ntp.example,process");
  }

  @Test
  void shouldKeepBothWhenAKeyComesTwice() throws IOException {
    assertThat(read("CLOCKSYNC_A=1\r", "\r", "CLOCKSYNC_A=2"))
        .extracting(Setting::where)
        .containsExactly(
            "CLOCKSYNC_A in " + file + " line 1", "CLOCKSYNC_A in " + file + " line 3");
  }

  @Test
  void shouldForgetAnEarlierValueWhenALaterLineIsUnreadable() {
    assertThatThrownBy(() -> read("HOST=old", "HOST=\"new", "CLOCKSYNC_A=${HOST}"))
        .hasMessageContaining("${HOST} is empty or not set");
  }

  private List<Setting> read(String... lines) throws IOException {
    Files.write(file, List.of(lines));
    return EnvironmentFile.read(file, PROCESS);
  }
}
