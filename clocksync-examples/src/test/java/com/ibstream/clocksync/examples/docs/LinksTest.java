package com.ibstream.clocksync.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every link within the project leads to a file, and its anchor to a heading. */
class LinksTest {

  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

  /** What is wrong with the links of a page. */
  private static List<String> broken(Page page) throws IOException {
    List<String> broken = new ArrayList<>();
    for (Page.Text link : page.links()) {
      if (!ELSEWHERE.matcher(link.text()).matches() && !leadsSomewhere(page, link.text())) {
        broken.add(page.name() + ":" + link.line() + ": " + link.text());
      }
    }
    return broken;
  }

  private static boolean leadsSomewhere(Page page, String link) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = Page.ROOT.resolve(page.name()).resolveSibling(path).normalize();
    if (!path.isEmpty() && !isThere(target)) {
      return false;
    }
    if (hash < 0) {
      return true;
    }
    Page other = path.isEmpty() ? page : Page.of(path, Files.readString(target));
    return other.anchors().contains(link.substring(hash + 1));
  }

  /** In the same spelling, also where the file system does not mind; nothing outside. */
  private static boolean isThere(Path target) throws IOException {
    Path root = Page.ROOT.toRealPath();
    Path absolute = target.toAbsolutePath().normalize();
    return Files.exists(target)
        && absolute.startsWith(root)
        && target.toRealPath().equals(absolute);
  }

  @Test
  void shouldLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Page page : Page.all()) {
      broken.addAll(broken(page));
      links += page.links().size();
    }

    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(60);
  }

  @ParameterizedTest
  @CsvSource({
    "design.md, true",
    "Design.md, false",
    "desing.md, false",
    "decisions, true",
    "../README.md#try-it, true",
    "../README.md#try-me, false",
    "../../README.md, false",
    "#own, true",
    "#own-1, true",
    "#own-2, false",
    "#whats-ntpsec-really, true",
    "#in-a-block, false",
    "https://example.com/anything#at-all, true"
  })
  void shouldNoticeWhatLeadsNowhere(String link, boolean isGood) throws IOException {
    String text =
        "# Own\n\n## Own\n\n### What's `ntpsec`, [really](design.md)?\n\n"
            + "```\n# In a block\n```\n\n[a]("
            + link
            + ")\n";

    assertThat(broken(Page.of("docs/made-up.md", text))).hasSize(isGood ? 0 : 1);
  }
}
