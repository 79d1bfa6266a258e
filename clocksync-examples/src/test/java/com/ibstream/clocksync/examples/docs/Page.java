package com.ibstream.clocksync.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One page of the documentation, taken apart as far as its tests need it. */
final class Page {

  /** The directory of the whole project; tests run in that of their module. */
  static final Path ROOT = Path.of("..");

  /** The language of a block that is indented, or fenced without a word. */
  static final String NO_LANGUAGE = "";

  private static final Pattern FENCE = Pattern.compile(" *```(\\w*) *");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *#*");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]\\[]*]\\(([^()\\s]+)\\)");
  private static final Pattern LINK_TEXT = Pattern.compile("\\[([^\\]\\[]*)]\\([^()]*\\)");

  private final String name;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Text> spans = new ArrayList<>();
  private final List<Text> links = new ArrayList<>();
  private final Set<String> anchors = new LinkedHashSet<>();

  /** A piece of text and the line on which it begins. */
  record Text(int line, String text) {}

  /** Lines that are shown as they are. */
  record Block(int line, String language, boolean isFenced, List<String> lines) {

    String text() {
      return String.join("\n", lines) + "\n";
    }
  }

  private Page(String name, List<String> lines) {
    this.name = name;
    take(lines);
  }

  static Page of(String name, String text) {
    return new Page(name, text.lines().toList());
  }

  static Page read(String name) {
    try {
      return of(name, Files.readString(ROOT.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The README and every page below docs, by name. */
  static List<Page> all() {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      Stream<String> docs =
          files
              .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
              .filter(file -> file.endsWith(".md"))
              .sorted();
      return Stream.concat(Stream.of("README.md"), docs).map(Page::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(List<String> lines) {
    List<String> prose = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at);
      Matcher fence = FENCE.matcher(line);
      int next = at + 1;
      if (fence.matches()) {
        takeProse(prose, at);
        next = closing(lines, at);
        blocks.add(new Block(at + 2, fence.group(1), true, lines.subList(at + 1, next - 1)));
      } else if (prose.isEmpty() && line.startsWith("    ")) {
        while (next < lines.size() && lines.get(next).startsWith("    ")) {
          next++;
        }
        List<String> shown = lines.subList(at, next).stream().map(l -> l.substring(4)).toList();
        blocks.add(new Block(at + 1, NO_LANGUAGE, false, shown));
      } else if (line.isBlank()) {
        takeProse(prose, at);
      } else {
        prose.add(line);
        if (HEADING.matcher(line).matches()) {
          takeProse(prose, next);
        }
      }
      at = next;
    }
    takeProse(prose, at);
  }

  private int closing(List<String> lines, int opening) {
    for (int at = opening + 1; at < lines.size(); at++) {
      if (FENCE.matcher(lines.get(at)).matches()) {
        return at + 1;
      }
    }
    throw new AssertionError(name + ":" + (opening + 1) + ": the block is not closed");
  }

  /** Takes a paragraph, a list or a table that ends before a line, and clears it. */
  private void takeProse(List<String> prose, int end) {
    String text = String.join("\n", prose);
    int first = end - prose.size() + 1;
    for (String line : prose) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        addAnchor(anchor(heading.group(1)));
      }
    }
    Matcher code = CODE.matcher(text);
    while (code.find()) {
      String span = code.group(1).replaceAll("\\s+", " ").replace("\\|", "|");
      spans.add(new Text(first + newlines(text, code.start()), span));
    }
    Matcher link = LINK.matcher(CODE.matcher(text).replaceAll("code"));
    while (link.find()) {
      links.add(new Text(first, link.group(1)));
    }
    prose.clear();
  }

  private static int newlines(String text, int end) {
    return (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }

  private void addAnchor(String wanted) {
    String anchor = wanted;
    for (int copy = 1; !anchors.add(anchor); copy++) {
      anchor = wanted + "-" + copy;
    }
  }

  /** What GitHub makes of a heading. */
  static String anchor(String heading) {
    return LINK_TEXT
        .matcher(heading)
        .replaceAll("$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{M}\\p{N}_ -]", "")
        .replace(' ', '-');
  }

  /** The path from the project's directory, with slashes. */
  String name() {
    return name;
  }

  List<Block> blocks() {
    return blocks;
  }

  /** All blocks of a language. */
  List<Block> blocks(String language) {
    return blocks.stream().filter(block -> block.language().equals(language)).toList();
  }

  /** Code in a line; white space is one blank. */
  List<Text> spans() {
    return spans;
  }

  /** Targets, with the first line of their paragraph. */
  List<Text> links() {
    return links;
  }

  /** The anchors of the headings. */
  Set<String> anchors() {
    return anchors;
  }
}
