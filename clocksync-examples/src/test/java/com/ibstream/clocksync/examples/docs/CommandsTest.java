package com.ibstream.clocksync.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command of the README and the documentation is one that works: what it names is there. A
 * program that nobody has named here is a mistake, until somebody decides how it is checked.
 * Nothing is run here: {@link ClockSyncRunIT} runs the lines of clocksync, and {@code
 * .ci/documented} the others, which it is told by {@link DocumentedLines}.
 */
class CommandsTest {

  /** Programs of the host. What they are given of ours is there; the rest is theirs. */
  private static final Set<String> FOREIGN =
      Set.of(
          "cat",
          "chmod",
          "date",
          "echo",
          "install",
          "journalctl",
          "jq",
          "printf",
          "systemctl",
          "systemd-analyze",
          "timedatectl",
          "useradd",
          "usermod",
          "visudo");

  private static final Set<String> CURL = Set.of("-s", "-fsS", "-m", "5", "10", "HEARTBEAT-URL");
  private static final Pattern OURS = Pattern.compile("(?:\\.ci|docs|clocksync-\\w+/src)/.+");
  private static final Pattern JAR = Pattern.compile("clocksync-examples/target/(\\w+)\\.jar");
  private static final Path PYTHON = Path.of("src/test/python");

  /** Where sources of programs are that a jar may hold. */
  private static final List<String> SOURCES = List.of("main", "jmh", "accuracy", "jcstress");

  static Stream<Arguments> commands() {
    return Documented.all().stream().map(found -> arguments(found.toString(), found));
  }

  private static void check(Documented found) throws IOException, InterruptedException {
    Shell.Command command = found.command();
    for (String word : command.words()) {
      if (OURS.matcher(word).matches()) {
        assertThat(Page.ROOT.resolve(word)).exists();
      }
    }
    String program = command.program();
    switch (program) {
      case "clocksync" -> ClockSyncUsage.check(command.args(), found.isShown());
      case "java" -> checkJava(command.args());
      case "mvn" -> MavenUsage.check(command.args());
      case "curl" -> checkCurl(found);
      case "python3" -> assertThat(PYTHON.resolve(command.args().get(0))).exists();
      default -> {
        if (program.contains("/")) {
          checkScript(Page.ROOT.resolve(program), command.args());
        } else {
          assertThat(FOREIGN).as("the programs that somebody has thought of").contains(program);
        }
      }
    }
  }

  private static void checkJava(List<String> args) throws IOException {
    int at = args.indexOf("-jar");
    boolean isJar = at >= 0;
    Matcher jar = JAR.matcher(args.get((isJar ? at : args.indexOf("-cp")) + 1));
    assertThat(jar.matches()).as("a jar that is built here").isTrue();
    assertThat(MavenUsage.poms()).contains("<app.jarName>" + jar.group(1) + "</app.jarName>");
    if (!isJar) {
      String file = args.get(args.indexOf("-cp") + 2).replace('.', '/') + ".java";
      assertThat(SOURCES)
          .as(file)
          .anyMatch(kind -> Files.exists(Path.of("src", kind, "java").resolve(file)));
    } else if (jar.group(1).equals("clocksync") && !args.get(at + 2).equals("COMMAND")) {
      ClockSyncUsage.check(args.subList(at + 2, args.size()), true);
    }
  }

  private static void checkCurl(Documented found) {
    try (ServedHealth health = new ServedHealth()) {
      for (String arg : found.command().args()) {
        if (arg.startsWith(ServedHealth.ENDPOINT)) {
          String body = health.body(arg);
          filter(found.text()).ifPresent(filter -> ServedHealth.follow(filter, body));
        } else {
          assertThat(CURL).contains(arg);
        }
      }
    }
  }

  /** What jq is to make of the output of a line's first command. */
  static Optional<String> filter(String line) {
    return Shell.commands(line).stream()
        .filter(command -> command.isFed() && command.program().equals("jq"))
        .map(command -> command.args().get(command.args().size() - 1))
        .findFirst();
  }

  /** It may be run, a shell understands it, and it knows the options that it is given. */
  private static void checkScript(Path script, List<String> args)
      throws IOException, InterruptedException {
    assertThat(script).isExecutable();
    String text = Files.readString(script);
    assertThat(text).startsWith("#!").contains("bash");
    Process shell = new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).as("bash -n").isZero();
    for (String arg : args) {
      if (arg.matches("\\[?-\\w")) {
        assertThat(text).containsPattern("getopts \\w*" + arg.charAt(arg.length() - 1));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void shouldNameOnlyWhatIsThere(String name, Documented found) throws Exception {
    check(found);
  }

  @Test
  void shouldBeFoundWhereverTheyStand() {
    Map<String, Integer> counts = new TreeMap<>();
    Documented.all().forEach(found -> counts.merge(found.command().program(), 1, Integer::sum));

    assertThat(counts.get("clocksync")).isGreaterThan(50);
    assertThat(counts.get("mvn")).isGreaterThan(25);
    assertThat(counts.get("java")).isGreaterThan(9);
    assertThat(counts.get("curl")).isGreaterThan(6);
    assertThat(counts).containsKeys("python3", ".ci/run", ".ci/reproduce", ".ci/documented");
    assertThat(counts).containsKeys("clocksync-examples/src/vm/run.sh").containsKeys("systemctl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clocksync time-drft",
        "clocksync time-drift --smaples 4",
        "clocksync time-drift [--smaples N]",
        "clocksync time-drift [--samples]",
        "clocksync time-drift [--json N]",
        "clocksync time-drift --samples four",
        "clocksync report",
        "clocksync history prove DIR",
        "clocksync history qualify DIR STAMP [--clock system|mine]",
        "CLOCKSYNC_REPAIR_MODE=act clocksync watchdogs",
        "echo now || clocksync statuss",
        "java -jar clocksync-examples/target/clock.jar demo",
        "java -jar clocksync-examples/target/clocksync.jar demo --fro 30s",
        "java -cp clocksync-examples/target/benchmarks.jar com.ibstream.Nothing",
        "mvn -q -Pbenchmark package",
        "mvn -q -Pstyle-check package",
        "mvn test -pl clocksync-cor -Dtest=KeyTest",
        "mvn test -pl clocksync-core -Dtest=NoSuchTest",
        "mvn test -pl clocksync-core -Dtest=FaultScriptsTest -Dscenario.sedes=5",
        "mvn verify -pl clocksync-core -Dit.test=GuidedFuzzIT -Djacoco.skip",
        "mvn test -pl clocksync-examples -Dtest=IncidentTest",
        "mvn test -pl clocksync-examples -am -Dtest=IncidentTest",
        "mvn -q -DskipTests",
        "mvn packages",
        "mvn spotles:apply",
        "curl http://127.0.0.1:8851/system/helth",
        "curl http://127.0.0.1:8851/time/events?limit=many",
        "curl -s http://127.0.0.1:8851/system/health | jq .clok",
        "curl -k http://127.0.0.1:8851/system/health",
        "python3 no_gate.py",
        ".ci/runs",
        "./pom.xml",
        "clocksync-examples/src/vm/run.sh -x",
        "install -m 0644 docs/operations/no.service /etc/systemd/system",
        "rm -rf build"
      })
  void shouldNoticeWhatDoesNotWork(String line) {
    List<Documented> found = Documented.of(Page.of("docs/x.md", "    " + line + "\n")).toList();

    assertThat(Documented.of(Page.of("docs/x.md", "# X\n    " + line))).hasSameSizeAs(found);
    assertThat(Documented.of(Page.of("docs/x.md", "```sh\n" + line + "\n```")))
        .hasSameSizeAs(found);
    assertThat(found).isNotEmpty();
    assertThat(found).anyMatch(command -> catchThrowable(() -> check(command)) != null);
  }

  /** The reference has every option, not only those that exist. */
  @Test
  void shouldHaveASynopsisOfEveryCommandWithAllItsOptions() {
    Set<String> shown = new TreeSet<>();
    Documented.of(Page.read("docs/command-line.md"))
        .filter(found -> found.isShown() && found.command().program().equals("clocksync"))
        .map(found -> ClockSyncUsage.check(found.command().args(), true))
        .forEach(
            usage -> {
              shown.add(usage.command().replaceFirst(" .*", ""));
              assertThat(usage.options())
                  .as(usage.command())
                  .isEqualTo(usage.optionsOfTheCommand());
            });

    assertThat(shown).containsExactlyInAnyOrderElementsOf(Documented.SUBCOMMANDS);
  }

  @Test
  void shouldNameOnlyOptionsThatThereAre() {
    List<String> named =
        Page.read("docs/command-line.md").spans().stream()
            .map(span -> span.text().replaceFirst(" .*", ""))
            .filter(word -> word.startsWith("--"))
            .toList();

    assertThat(named).hasSizeGreaterThan(30);
    assertThat(ClockSyncUsage.allOptions()).containsAll(named).doesNotContain("--smaples");
  }

  @Test
  void shouldShowEveryPathOfTheEndpointInItsGuide() {
    List<String> shown =
        Page.read("docs/health.md").spans().stream()
            .map(span -> span.text().replaceFirst("\\?.*", ""))
            .toList();

    assertThat(ServedHealth.paths()).hasSizeGreaterThan(8);
    assertThat(shown).containsAll(ServedHealth.paths());
  }

  /** Wherever the endpoint's address stands, in a command or in a sentence. */
  @Test
  void shouldNameOnlyAddressesThatAreAnswered() throws IOException {
    Pattern address = Pattern.compile(Pattern.quote(ServedHealth.ENDPOINT) + "[\\w/?=]+");
    try (ServedHealth health = new ServedHealth()) {
      for (Page page : Page.all()) {
        Matcher found = address.matcher(Files.readString(Page.ROOT.resolve(page.name())));
        while (found.find()) {
          assertThat(health.body(found.group())).as(page.name()).isNotEmpty();
        }
      }
    }
  }

  @Test
  void shouldStartInTheUnitWhatThereIs() throws IOException {
    String unit = Files.readString(Page.ROOT.resolve("docs/operations/clocksync.service"));
    Matcher start =
        Pattern.compile("(?m)^ExecStart=.* -jar /opt/clocksync/clocksync\\.jar (.*)$")
            .matcher(unit);

    assertThat(start.find()).isTrue();
    assertThat(ClockSyncUsage.check(List.of(start.group(1).split(" ")), true).command())
        .isEqualTo("monitor");
  }
}
