package com.ibstream.clocksync.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibstream.clocksync.ClockMonitorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown as code is code: Java compiles, files are read by what reads them. */
class SnippetsTest {

  private static final Path TRADING =
      Path.of("src/main/java/com/ibstream/clocksync/examples/trading");

  @TempDir private Path directory;

  static Stream<String> pagesWithJava() {
    return Page.all().stream()
        .filter(page -> !page.blocks("java").isEmpty() || !Snippets.calls(page).isEmpty())
        .map(Page::name);
  }

  @ParameterizedTest
  @MethodSource("pagesWithJava")
  void shouldCompile(String page) {
    assertThat(new Snippets(directory).mistakes(Page.read(page))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "monitor.clokc();",
        "if (reading.isTrusted()) {",
        "Reading reading = clock.read();",
        "final class Facts implements HostFacts { @Override public String name() { return \"\"; } }"
      })
  void shouldNoticeWhatDoesNotCompile(String line) {
    Page page = Page.of("docs/x.md", "```java\n" + line + "\n```\n\nOr `clock.red()`.\n");

    assertThat(new Snippets(directory).mistakes(page)).hasSizeGreaterThan(1);
  }

  /** What compiles here compiles for a stranger on the module path, too. */
  @Test
  void shouldUseOnlyWhatIsExported() throws IOException {
    String exports =
        Files.readString(Path.of("../clocksync-core/src/main/java/module-info.java"))
            + Files.readString(Path.of("../clocksync-health/src/main/java/module-info.java"));
    List<String> used =
        Snippets.HEADER
            .lines()
            .filter(line -> line.startsWith("import com.ibstream."))
            .map(line -> line.replace("import ", "exports ").replace(".*;", ";"))
            .toList();

    assertThat(used).hasSizeGreaterThan(8).allMatch(exports::contains);
  }

  @Test
  void shouldBeEverywhere() {
    assertThat(pagesWithJava())
        .contains("README.md", "docs/ib-stream.md", "docs/health.md", "docs/configuration.md");
    assertThat(Snippets.calls(Page.read("docs/configuration.md"))).hasSizeGreaterThan(37);
  }

  /** The guide says that its code is the sample's. */
  @Test
  void shouldBeTheLinesOfTheSampleService() throws IOException {
    StringBuilder source = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        source.append(Files.readString(file));
      }
    }
    List<String> lines =
        Page.read("docs/ib-stream.md").blocks("java").stream()
            .flatMap(block -> block.lines().stream())
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();

    assertThat(TRADING).isDirectory();
    assertThat(lines).hasSizeGreaterThan(6).allMatch(line -> source.toString().contains(line));
  }

  @Test
  void shouldBeTakenByTheMonitorAsAnEnvironmentFile() throws IOException {
    List<Page.Block> files = Page.read("docs/ib-stream.md").blocks("dotenv");
    assertThat(files).hasSize(1);
    Path file = Files.writeString(directory.resolve(".env"), files.get(0).text());

    ClockMonitorConfig config =
        ClockMonitorConfig.builder().environmentFile(file).environment(Map.of()).build();

    long ours = files.get(0).lines().stream().filter(l -> l.startsWith("CLOCKSYNC_")).count();
    assertThat(ours).isGreaterThan(5);
    assertThat(config.servers()).hasSize(4);
    assertThat(config.toleranceNanos()).isEqualTo(Duration.ofMillis(50).toNanos());
    assertThat(config.settings()).containsEntry("health.port", "8851");
    assertThat(config.history()).isPresent();
    assertThat(config.host().ibContract().orElseThrow().contractId()).isEqualTo(711_280_073);
  }

  @Test
  void shouldBeReadAsJsonWhereItIsShownAsJson() throws IOException {
    List<Page.Block> documents =
        Page.all().stream().flatMap(page -> page.blocks("json").stream()).toList();

    assertThat(documents).isNotEmpty();
    for (Page.Block document : documents) {
      assertThat(new ObjectMapper().readTree(document.text()).isObject()).isTrue();
    }
  }

  /** What a reader copies into a pom is the version that is built here. */
  @Test
  void shouldNameTheVersionThatIsBuilt() {
    String dependency = Page.read("README.md").blocks("xml").get(0).text();
    String version = dependency.replaceAll("(?s).*(<version>.*</version>).*", "$1");

    assertThat(version).startsWith("<version>");
    assertThat(MavenUsage.poms())
        .contains("<artifactId>clocksync-parent</artifactId>\n  " + version);
    assertThat(dependency).contains("<artifactId>clocksync-core</artifactId>");
  }
}
