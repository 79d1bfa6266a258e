package com.ibstream.clocksync.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.examples.cli.CommandLines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A line that calls {@code clocksync}, held against its real parser. */
final class ClockSyncUsage {

  /** What stands for something, in a synopsis. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\[.*|.*]|[A-Z]{2,}.*|.*\\.\\.\\.|\\|");

  private final List<String> words;
  private final List<OptionSpec> options = new ArrayList<>();
  private CommandSpec command = CommandLines.create(Map.of()).getCommandSpec();

  private ClockSyncUsage(List<String> words) {
    this.words = words;
  }

  /**
   * Checks the words after the program.
   *
   * @param isWhole whether nothing is left out that the command needs
   * @return the command they call and the options they name
   */
  static ClockSyncUsage check(List<String> words, boolean isWhole) {
    ClockSyncUsage usage = new ClockSyncUsage(words);
    usage.resolve();
    if (usage.isConcrete()) {
      usage.parse(isWhole);
    }
    return usage;
  }

  /** Whether it may be run as it stands. */
  boolean isConcrete() {
    return words.stream().noneMatch(word -> PLACEHOLDER.matcher(word).matches());
  }

  /** The command, for example {@code history verify}. */
  String command() {
    return command.qualifiedName(" ").replaceFirst("clocksync ?", "");
  }

  /** The names of the options that it names. */
  Set<String> options() {
    Set<String> names = new TreeSet<>();
    options.forEach(option -> names.addAll(Arrays.asList(option.names())));
    return names;
  }

  /** All options of the command but those that every command has. */
  Set<String> optionsOfTheCommand() {
    Set<String> names = new TreeSet<>();
    for (OptionSpec option : command.options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        names.addAll(Arrays.asList(option.names()));
      }
    }
    return names;
  }

  /** The names of the options of all commands. */
  static Set<String> allOptions() {
    return below(CommandLines.create(Map.of()).getCommandSpec())
        .flatMap(command -> command.optionsMap().keySet().stream())
        .collect(Collectors.toSet());
  }

  private static Stream<CommandSpec> below(CommandSpec command) {
    return Stream.concat(
        Stream.of(command),
        command.subcommands().values().stream().flatMap(sub -> below(sub.getCommandSpec())));
  }

  private void resolve() {
    int at = 0;
    while (at < words.size() && command.subcommands().containsKey(words.get(at))) {
      command = command.subcommands().get(words.get(at++)).getCommandSpec();
    }
    boolean isNoCommand =
        at < words.size() && !command.subcommands().isEmpty() && words.get(at).matches("[a-z-]+");
    if (isNoCommand && !words.get(at).startsWith("-")) {
      throw new AssertionError("there is no command " + words.get(at));
    }
    for (; at < words.size(); at++) {
      if (words.get(at).matches("\\[?-.+")) {
        resolveOption(at);
      }
    }
  }

  private void resolveOption(int at) {
    String name = words.get(at).replaceAll("[\\[\\]]", "");
    OptionSpec option = command.findOption(name);
    if (option == null) {
      throw new AssertionError(command.qualifiedName() + " has no option " + name);
    }
    options.add(option);
    String next = at + 1 < words.size() ? words.get(at + 1) : "|";
    boolean hasValue = !words.get(at).endsWith("]") && !next.matches("\\||\\[?-.*|\\[.*");
    boolean isInBrackets = words.get(at).startsWith("[");
    if (isInBrackets) {
      assertThat(hasValue).as("%s has a value", name).isEqualTo(option.arity().max() > 0);
    }
    String value = next.replaceFirst("]$", "");
    if (hasValue && option.type().isEnum() && value.contains("|")) {
      assertThat(value.split("\\|"))
          .as(name)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(option.type().getEnumConstants())
                  .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                  .toList());
    }
  }

  private void parse(boolean isWhole) {
    CommandLine commandLine = CommandLines.create(Map.of());
    try {
      commandLine.parseArgs(words.toArray(new String[0]));
    } catch (MissingParameterException e) {
      if (isWhole) {
        throw e;
      }
    }
  }
}
