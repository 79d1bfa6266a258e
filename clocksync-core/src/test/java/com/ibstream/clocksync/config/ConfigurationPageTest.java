package com.ibstream.clocksync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page for people must say what the code does. */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

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
          .anySatisfy(line -> assertThat(line).startsWith("- Unit: "))
          .anySatisfy(line -> assertThat(line).startsWith("- Default: " + byDefault))
          .anySatisfy(line -> assertThat(line).startsWith("- Range: " + key.range()))
          .anySatisfy(line -> assertThat(line).startsWith("- Typical: "))
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
}
