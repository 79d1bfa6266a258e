package com.ibstream.clocksync.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.cli.CommandLines;
import com.ibstream.clocksync.examples.loopback.FiveServers;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.testing.SimulatedWorld;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Every {@code clocksync} line of the documentation is run: with what a synopsis leaves open filled
 * in, on servers, files and a history of its own, for a second where it would go on for ever, and
 * as a dry run where it might change this host.
 */
class ClockSyncRunIT {

  private static final Set<String> ASKING =
      Set.of("time-drift", "monitor", "status", "watchdog", "sync-time", "check-hwclock");

  @TempDir private static Path directory;
  private static FiveServers servers;

  @BeforeAll
  static void open() throws IOException {
    servers = FiveServers.start(ServedTime.of(Ruler.system(), WallClock.system()));
    SimulatedWorld world = new SimulatedWorld(1, Instant.parse("2026-11-26T12:00:00Z"));
    List<String> simulated = List.of("192.0.2.1", "192.0.2.2", "192.0.2.3");
    simulated.forEach(world::server);
    ClockMonitorConfig.Builder config = ClockMonitorConfig.builder().servers(simulated);
    config.slewAllowancePpm(500).setting("history.directory", file("history"));
    ClockMonitor monitor = ClockMonitor.start(config.build(), world.seams());
    world.runFor(Duration.ofMinutes(3));
    monitor.close();
    Files.writeString(Path.of(file("ntp.conf")), "server ntp1.example.com iburst\n");
    Files.writeString(Path.of(file("ticks.jsonl")), "{\"st\":1795694490000000}\n");
  }

  @AfterAll
  static void close() {
    servers.close();
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  /** What is left of a synopsis without what may be left out. */
  private static List<String> needed(List<String> words) {
    List<String> needed = new ArrayList<>();
    int depth = 0;
    for (String word : words) {
      boolean isNeeded = depth == 0 && !word.startsWith("[");
      depth += word.replaceAll("[^\\[]", "").length() - word.replaceAll("[^]]", "").length();
      if (isNeeded) {
        needed.add(word);
      }
    }
    return needed;
  }

  /** What a word of the documentation stands for in this test. */
  private static String filledIn(String word) {
    return switch (word) {
      case "DIR", "/var/lib/clocksync/history" -> file("history");
      case "/etc/clocksync/clocksync.env" -> "../docs/operations/clocksync.env";
      case "FILE...", "/etc/ntpsec/ntp.conf" -> file("ntp.conf");
      case "/etc/chrony/chrony.conf", "/etc/systemd/timesyncd.conf" -> file("ntp.conf");
      case "TICKS", "ticks.jsonl" -> file("ticks.jsonl");
      case "chrony.conf", "qualified.jsonl" -> file(word);
      case "STAMP" -> "2026-11-26T12:01:30Z";
      case "ID", "ID|FILE" -> "finra-4590";
      case "COMMAND" -> "--help";
      case "http://127.0.0.1:8851/system/health" -> "http://127.0.0.1:1/system/health";
      default -> word.matches("[a-z]+(\\|[a-z]+)+") ? word.replaceFirst("\\|.*", "") : word;
    };
  }

  /** So that it comes to an end and leaves this host alone. */
  private static List<String> tamed(List<String> words) {
    List<String> args = new ArrayList<>(words);
    String command = args.get(0);
    args.replaceAll(word -> word.equals("--fix") ? "--dry-run" : word);
    if (command.equals("demo") || command.equals("monitor")) {
      int duration = args.indexOf("--for");
      if (duration >= 0) {
        args.subList(duration, duration + 2).clear();
      }
      args.addAll(List.of("--for", "1s", "--port", "0"));
    }
    if (command.equals("demo")) {
      args.addAll(List.of("--out", file("demo.jsonl")));
    }
    if (command.equals("requalify") && !args.contains("-o")) {
      args.addAll(1, List.of("-o", file("qualified.jsonl"))); // else it closes standard output
    }
    if (Set.of("watchdog", "sync-time").contains(command) && !args.contains("--dry-run")) {
      args.add("--dry-run");
    }
    if (command.equals("watchdog") && !args.contains("--once")) {
      args.add("--once");
    }
    return args;
  }

  private static boolean isWhole(Documented found) {
    try {
      CommandLines.create(Map.of()).parseArgs(args(found).toArray(new String[0]));
      return true;
    } catch (CommandLine.MissingParameterException e) {
      return false;
    }
  }

  private static List<String> args(Documented found) {
    List<String> words = found.command().args();
    int jar = words.indexOf("-jar");
    List<String> ours = jar < 0 ? words : words.subList(jar + 2, words.size());
    return tamed(needed(ours).stream().map(ClockSyncRunIT::filledIn).toList());
  }

  private static boolean isOurs(Documented found) {
    String program = found.command().program();
    return program.equals("clocksync")
        || (program.equals("java") && found.toString().contains("/clocksync.jar "));
  }

  /** Each once, if also in several places. */
  static Stream<Arguments> commands() {
    Map<String, Documented> commands = new LinkedHashMap<>();
    for (Documented found : Documented.all()) {
      if (isOurs(found) && (found.isShown() || isWhole(found))) {
        String filter = CommandsTest.filter(found.text()).orElse("");
        commands.putIfAbsent(String.join(" ", args(found)) + filter, found);
      }
    }
    return commands.values().stream().map(found -> arguments(found.toString(), found));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void shouldRun(String name, Documented found) throws IOException {
    List<String> args = new ArrayList<>(args(found));
    if (ASKING.contains(args.get(0))) {
      args.addAll(List.of("--servers", String.join(",", servers.addresses())));
    }
    Map<String, String> environment = new LinkedHashMap<>(found.command().environment());
    environment.put("CLOCKSYNC_REPAIR_DIRECTORY", file("state"));
    environment.put("CLOCKSYNC_HOST_INTERVAL", "2s"); // the usual 20 s are for services
    Files.deleteIfExists(Path.of(file("qualified.jsonl")));
    Files.deleteIfExists(Path.of(file("chrony.conf")));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = CommandLines.create(environment);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));

    int exitStatus = commandLine.execute(args.toArray(new String[0]));

    assertThat(exitStatus).as("%s: %s %s", args, out, err).isBetween(0, 3);
    int file = Math.max(args.indexOf("-o"), args.indexOf("--out"));
    if (file >= 0) {
      assertThat(Path.of(args.get(file + 1))).isNotEmptyFile();
    } else {
      assertThat(out.toString()).as("%s: %s", args, err).isNotBlank();
    }
    CommandsTest.filter(found.text())
        .ifPresent(filter -> ServedHealth.follow(filter, out.toString()));
  }

  @Test
  void shouldBeEveryCommand() {
    List<String> run =
        commands().map(command -> args((Documented) command.get()[1]).get(0)).toList();

    assertThat(run).hasSizeGreaterThan(20).containsAll(Documented.SUBCOMMANDS);
  }
}
