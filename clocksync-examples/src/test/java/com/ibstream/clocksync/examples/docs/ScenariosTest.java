package com.ibstream.clocksync.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios in virtual machines, which no build runs, are at least those of their page. */
class ScenariosTest {

  private static final Path SCRIPTS = Path.of("src/vm");
  private static final Path PAGE = Page.ROOT.resolve("docs/operations/scenarios.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|");
  private static final Pattern DEFAULT = Pattern.compile("scenarios=\\(([a-z][a-z0-9 -]*)\\)");

  /** What runs the others, and what they have in common. */
  private static final Set<String> NO_SCENARIOS = Set.of("run", "guest");

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files.filter(file -> file.toString().endsWith(".sh")).sorted().toList();
    }
  }

  private static Set<String> documented() throws IOException {
    String table = Files.readString(PAGE).replaceFirst("(?s)\n## Measured.*", "");
    return ROW.matcher(table).results().map(row -> row.group(1)).collect(Collectors.toSet());
  }

  @Test
  void shouldHaveARowForEveryScriptAndNoOther() throws IOException {
    Set<String> scenarios =
        scripts().stream()
            .map(file -> String.valueOf(file.getFileName()).replace(".sh", ""))
            .filter(name -> !NO_SCENARIOS.contains(name))
            .collect(Collectors.toSet());

    assertThat(scenarios).hasSizeGreaterThan(9);
    assertThat(documented()).isEqualTo(scenarios);
  }

  @Test
  void shouldAllBeRunWhereNoneIsNamed() throws IOException {
    String run = Files.readString(SCRIPTS.resolve("run.sh"));
    List<String> names =
        DEFAULT
            .matcher(run)
            .results()
            .flatMap(list -> Stream.of(list.group(1).split(" ", -1)))
            .toList();

    assertThat(names).containsExactlyInAnyOrderElementsOf(documented());
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void shouldBeUnderstoodByAShell(Path script) throws Exception {
    Process shell = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();

    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).isZero();
  }
}
