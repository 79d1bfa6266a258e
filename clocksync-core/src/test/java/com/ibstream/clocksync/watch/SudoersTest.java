package com.ibstream.clocksync.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.TimeService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the operations documents grant is what the program runs, no more and no less. */
class SudoersTest {

  private static final Path DOCS = Path.of("..", "docs", "operations");
  private static final Pattern ALIAS = Pattern.compile("Cmnd_Alias\\s+([A-Z0-9_]+)\\s*=\\s*(.+)");

  private static List<String> lines() throws IOException {
    return Files.readString(DOCS.resolve("sudoers"))
        .replaceAll("\\\\\\R\\s*", "")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static Set<String> alias(String name) throws IOException {
    return lines().stream()
        .map(ALIAS::matcher)
        .filter(Matcher::matches)
        .filter(alias -> alias.group(1).equals(name))
        .flatMap(alias -> Arrays.stream(alias.group(2).split(",")))
        .map(String::strip)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isOfTheHardwareClock(List<String> command) {
    return !command.get(0).endsWith("/systemctl") && !command.get(0).endsWith("/chronyc");
  }

  @ParameterizedTest
  @EnumSource(TimeService.class)
  void shouldGrantExactlyTheCommandsOfTheService(TimeService service) throws IOException {
    Set<String> run =
        HostActuatorTest.all(service).stream()
            .filter(command -> !isOfTheHardwareClock(command))
            .map(command -> String.join(" ", command))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(alias("CLOCKSYNC_" + service.name())).isEqualTo(run);
  }

  @Test
  void shouldGrantExactlyTheCommandsOfTheHardwareClock() throws IOException {
    Set<String> run =
        HostActuatorTest.all(TimeService.CHRONY).stream()
            .filter(SudoersTest::isOfTheHardwareClock)
            .map(command -> String.join(" ", command))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(alias("CLOCKSYNC_RTC")).isEqualTo(run);
  }

  @Test
  void shouldGrantNothingElse() throws IOException {
    List<String> others = lines().stream().filter(line -> !ALIAS.matcher(line).matches()).toList();

    assertThat(lines()).hasSize(5);
    assertThat(others)
        .containsExactly(
            "clocksync ALL = (root) NOPASSWD: CLOCKSYNC_NTPSEC, CLOCKSYNC_CHRONY,"
                + " CLOCKSYNC_TIMESYNCD, CLOCKSYNC_RTC");
    assertThat(String.join("\n", lines())).doesNotContain("*", "?", "[", "!", "sh ");
  }

  @Test
  void shouldNameTheSameUnitsForPolkit() throws IOException {
    String rules = Files.readString(DOCS.resolve("clocksync-polkit.rules"));
    Set<String> named = new TreeSet<>();
    Matcher units = Pattern.compile("\"([a-z-]+\\.service)\"").matcher(rules);
    while (units.find()) {
      named.add(units.group(1));
    }
    Set<String> ours =
        Arrays.stream(TimeService.values())
            .flatMap(service -> service.unitNames().stream())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named).isEqualTo(ours);
    assertThat(rules).contains("\"restart\"", "\"reset-failed\"").doesNotContain("\"stop\"");
  }

  /** polkit cannot see to which value the RTC's time zone is set, so that is not granted. */
  @Test
  void shouldGrantNoOtherActionByPolkit() throws IOException {
    String rules = Files.readString(DOCS.resolve("clocksync-polkit.rules"));
    List<String> actions =
        Pattern.compile("action\\.id\\s*===?\\s*(\\S+)")
            .matcher(rules)
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(actions).containsExactly("\"org.freedesktop.systemd1.manage-units\"");
    assertThat(rules.split("action\\.id", -1)).hasSize(2);
    assertThat(rules.split("Result\\.YES", -1)).hasSize(2);
  }
}
