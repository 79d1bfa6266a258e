package com.ibstream.clocksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.ibstream.clocksync.ClockMonitorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page for people must say what the code does. */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  /** Every piece of code in the entry, which may go on in indented lines. */
  private static final Pattern TYPICAL =
      Pattern.compile("(?:\n- Typical: |(?!\\A)\\G)(?:(?!\n- |\n\n)[^`])*`([^`]*)`");

  private static final Pattern SHOWN =
      Pattern.compile("\n- (?:File|Environment): `[\\w.]+=([^`]*)`");

  private final Map<String, String> blockByKey = new LinkedHashMap<>();

  @BeforeEach
  void readBlocksOfTheCore() throws IOException {
    String page = Files.readString(PAGE);
    String core =
        page.substring(
            page.indexOf("\n## Keys of the core"), page.indexOf("\n## Keys of the health plug-in"));
    List<String> blocks = new ArrayList<>(Arrays.asList(core.split("\n### ", -1)));
    for (String block : blocks.subList(1, blocks.size())) {
      String heading = block.lines().findFirst().orElseThrow();
      blockByKey.put(heading.replace("`", ""), block);
    }
  }

  @Test
  void shouldListExactlyTheKeysOfTheCore() {
    assertThat(blockByKey.keySet())
        .containsExactlyElementsOf(Keys.ALL.stream().map(Key::name).toList());
  }

  @Test
  void shouldStateDefaultAndRangeAndSpellingsWhenAKeyIsListed() {
    for (Key<?> key : Keys.ALL) {
      String byDefault = key.defaultText().isEmpty() ? "none" : "`" + key.defaultText() + "`";

      assertThat(blockByKey.get(key.name()).lines().toList())
          .as(key.name())
          .anySatisfy(line -> assertThat(line).matches(begin("- Unit: " + key.unit())))
          .anySatisfy(line -> assertThat(line).matches(begin("- Default: " + byDefault)))
          .anySatisfy(line -> assertThat(line).matches(begin("- Range: " + key.range())))
          .anySatisfy(line -> assertThat(line).matches("- Typical: (?:`|none;).*"))
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("- File: `" + Notation.PROPERTIES.write(key.name()) + "="))
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith(
                          "- Environment: `" + Notation.ENVIRONMENT.write(key.name()) + "="))
          .anySatisfy(line -> assertThat(line).startsWith("- Builder: `."));
    }
  }

  /** A line that begins so, and goes on with another word if it does. */
  private static String begin(String text) {
    return Pattern.quote(text) + "(?![\\w.-]).*";
  }

  /** Between the heading and the first line of the list. */
  @Test
  void shouldSayWhatAKeyMeans() {
    assertThat(blockByKey)
        .allSatisfy(
            (key, block) ->
                assertThat(block.substring(block.indexOf("\n\n"), block.indexOf("\n- ")).strip())
                    .as(key)
                    .hasSizeGreaterThan(20)
                    .contains("."));
  }

  /** Whatever a page recommends or shows is taken by the monitor's configuration. */
  @Test
  void shouldRecommendAndShowOnlyWhatIsAccepted() {
    int accepted = 0;
    for (Key<?> key : Keys.ALL) {
      String block = String.valueOf(blockByKey.get(key.name()));
      List<String> values = new ArrayList<>(values(TYPICAL, block));
      assertThat(values).as(key.name()).isNotEmpty();
      assertThat(values(SHOWN, block)).as(key.name()).hasSize(2);
      values.addAll(values(SHOWN, block));
      for (String value : values) {
        accept(key, value);
        accepted++;
      }
    }

    assertThat(accepted).isGreaterThan(3 * Keys.ALL.size());
  }

  @ParameterizedTest
  @CsvSource({"timeout, 31s", "poll.min, 500ms", "trading.holidays, soon", "repair.actions, all"})
  void shouldNoticeWhatIsNotAccepted(String name, String value) {
    Key<?> key = Keys.named(name).orElseThrow();

    assertThatIllegalArgumentException().isThrownBy(() -> accept(key, value));
  }

  /** Together with what the key cannot do without. */
  private static void accept(Key<?> key, String value) {
    ClockMonitorConfig.Builder builder = ClockMonitorConfig.builder().setting(key.name(), value);
    if (key == HostKeys.TRADING_HOLIDAYS) {
      builder.setting(HostKeys.TRADING_SESSIONS.name(), "MON-FRI 09:30-16:00 America/New_York");
    } else if (key == Keys.UNDISCIPLINED_SERVERS) {
      builder.servers("ntp1.example.com", value);
    }
    builder.build();
  }

  private static List<String> values(Pattern pattern, String block) {
    return pattern.matcher(block).results().map(found -> found.group(1)).toList();
  }
}
