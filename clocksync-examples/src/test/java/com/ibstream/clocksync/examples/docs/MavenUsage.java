package com.ibstream.clocksync.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A line that calls Maven: what it names is there, and it does what it is meant for. */
final class MavenUsage {

  private static final List<String> MODULES =
      List.of("clocksync-core", "clocksync-health", "clocksync-examples");
  private static final Set<String> PHASES =
      Set.of("clean", "compile", "test", "package", "verify", "install");
  private static final Set<String> SWITCHES = Set.of("-q", "-am", "-o", "-B", "-ntp");

  /** Properties of Maven's own plug-ins. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "test",
          "it.test",
          "maven.test.skip",
          "surefire.failIfNoSpecifiedTests",
          "invoker.javaHome");

  private List<String> modules = MODULES;
  private boolean isWithUpstream;
  private boolean isWithoutTestsAllowed;
  private boolean isForOneTest;

  private MavenUsage() {}

  /** Checks the arguments. */
  static void check(List<String> args) {
    MavenUsage usage = new MavenUsage();
    usage.isWithUpstream = args.contains("-am");
    usage.isWithoutTestsAllowed = args.contains("-Dsurefire.failIfNoSpecifiedTests=false");
    boolean isDoingSomething = false;
    Iterator<String> each = args.iterator();
    while (each.hasNext()) {
      String arg = each.next();
      if (arg.equals("-pl")) {
        usage.takeModules(each.next());
      } else if (arg.startsWith("-P")) {
        assertThat(poms())
            .as(arg)
            .containsPattern("<profile>\\s*<id>" + Pattern.quote(arg.substring(2)) + "</id>");
      } else if (!arg.startsWith("-")) {
        checkGoal(arg);
        isDoingSomething = true;
      } else if (!arg.startsWith("-D")) {
        assertThat(SWITCHES).contains(arg);
      }
    }
    assertThat(isDoingSomething).as("a phase or a goal").isTrue();
    args.stream()
        .filter(arg -> arg.startsWith("-D"))
        .forEach(arg -> usage.property(arg.substring(2)));
    if (usage.isForOneTest && (usage.isWithUpstream || usage.modules.size() > 1)) {
      assertThat(usage.isWithoutTestsAllowed).as("a module without this test is none").isTrue();
    }
  }

  private static void checkGoal(String goal) {
    int colon = goal.indexOf(':');
    if (colon < 0) {
      assertThat(PHASES).contains(goal);
    } else {
      assertThat(poms()).contains("<artifactId>" + goal.substring(0, colon) + "-maven-plugin<");
    }
  }

  /** Each with those that it needs: nothing of ours is in anybody's repository. */
  private void takeModules(String list) {
    modules = List.of(list.split(",", -1));
    assertThat(MODULES).containsAll(modules);
    for (String module : modules) {
      if (!isWithUpstream) {
        assertThat(modules).as("-am").containsAll(MODULES.subList(0, MODULES.indexOf(module)));
      }
    }
  }

  private void property(String property) {
    int equals = property.indexOf('=');
    String name = equals < 0 ? property : property.substring(0, equals);
    if (name.equals("test") || name.equals("it.test")) {
      isForOneTest = true;
      for (String test : property.substring(equals + 1).split(",", -1)) {
        assertThat(tests()).as("in %s", modules).contains(test + ".java");
      }
    } else if (!OF_OTHERS.contains(name) && !poms().contains("<" + name + ">")) {
      assertThat(sources()).as("somebody reads %s", name).contains("(\"" + name + "\"");
    }
  }

  private Set<String> tests() {
    return modules.stream()
        .flatMap(module -> files(module + "/src/test/java"))
        .map(file -> String.valueOf(file.getFileName()))
        .collect(Collectors.toSet());
  }

  private String sources() {
    return modules.stream()
        .flatMap(module -> files(module + "/src/test/java"))
        .map(MavenUsage::read)
        .collect(Collectors.joining());
  }

  static String poms() {
    return Stream.concat(Stream.of(""), MODULES.stream())
        .map(module -> read(Page.ROOT.resolve(module).resolve("pom.xml")))
        .collect(Collectors.joining());
  }

  private static Stream<Path> files(String directory) {
    try (Stream<Path> files = Files.walk(Page.ROOT.resolve(directory))) {
      return files.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
