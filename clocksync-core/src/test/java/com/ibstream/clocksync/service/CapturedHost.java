package com.ibstream.clocksync.service;

import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.LeapSecond;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.service.answers.Answer;
import com.ibstream.clocksync.service.answers.UnitProperties;
import com.ibstream.clocksync.testing.FakeHostFiles;
import com.ibstream.clocksync.testing.FakeRuler;
import com.ibstream.clocksync.testing.FakeWallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A host whose tools answer what was captured in one folder. */
final class CapturedHost implements CommandRunner {

  static final Path CAPTURES = Path.of("src/test/resources/service-captures");
  static final long SECOND = 1_000_000_000L;

  private static final Pattern KERNEL =
      Pattern.compile("(?s).*maxerror=(\\d+) .*STA_UNSYNC=(\\d).*");
  private static final Pattern OFFSET = Pattern.compile("\\S+ offset=(\\S+) delay=(\\S+) .*\\s*");
  private static final Pattern TIME = Pattern.compile("(?s).*\nTimeUSec=\\w+ (\\S+ \\S+) \\w+.*");
  private final List<List<String>> calls = new ArrayList<>();
  private final Path folder;
  private final String unitText;

  private CapturedHost(Path folder, String unitText) {
    this.folder = folder;
    this.unitText = unitText;
  }

  static CapturedHost of(String service, String state) {
    Path folder = CAPTURES.resolve(service).resolve(state);
    Path own = folder.resolve("systemctl-show.txt");
    if (!Files.exists(own) && state.contains("service-stopped")) {
      return new CapturedHost(folder, text(stopped(service).resolve("systemctl-show.txt")));
    }
    return new CapturedHost(folder, Files.exists(own) ? text(own) : healthyUnit(service));
  }

  /** The healthy service, under the unit of a file. */
  static CapturedHost ofUnit(String service, Path unit) {
    return new CapturedHost(healthy(service), text(unit));
  }

  static Path healthy(String service) {
    return folder(service, "02-healthy");
  }

  private static Path stopped(String service) {
    return folder(service, "service-stopped");
  }

  private static Path folder(String service, String part) {
    return folders(service).stream()
        .filter(each -> each.toString().contains(part))
        .findFirst()
        .orElseThrow();
  }

  static List<Path> folders(String service) {
    try (Stream<Path> folders = Files.list(CAPTURES.resolve(service))) {
      return folders.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String healthyUnit(String service) {
    return text(healthy(service).resolve("systemctl-show.txt"));
  }

  /** Probes so long after the unit became active. */
  ServiceFacts probe(
      long activeSeconds, Optional<KernelFacts> kernel, Optional<SystemClockFacts> clock) {
    FakeRuler ruler = new FakeRuler(nowMonoNanos(activeSeconds));
    FakeWallClock wall = new FakeWallClock(ruler, wallEpochNanos());
    return new TimeServiceProbe(this, new FakeHostFiles(), wall, ruler).probe(kernel, clock);
  }

  long nowMonoNanos(long activeSeconds) {
    Answer<List<UnitProperties>> unit = UnitProperties.parse(unitText);
    long since = unit.value().orElseThrow().get(0).activeEnterMonoNanos().orElse(0);
    return since + activeSeconds * SECOND;
  }

  List<List<String>> calls() {
    return List.copyOf(calls);
  }

  KernelFacts kernel(long nowMonoNanos) {
    Matcher matcher = KERNEL.matcher(text(folder.resolve("adjtimex.txt")));
    if (!matcher.matches()) {
      throw new IllegalStateException(folder.toString());
    }
    boolean isSynchronised = matcher.group(2).equals("0");
    long maxErrorNanos = Long.parseLong(matcher.group(1)) * 1000;
    return new KernelFacts(
        nowMonoNanos,
        isSynchronised,
        0,
        maxErrorNanos,
        maxErrorNanos,
        OptionalInt.empty(),
        LeapSecond.NONE);
  }

  /** What a vote would have said, if the network was there. */
  Optional<SystemClockFacts> vote(long nowMonoNanos) {
    Matcher matcher = OFFSET.matcher(text(folder.resolve("true-offset.txt")));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long offset = Math.round(Double.parseDouble(matcher.group(1)) * SECOND);
    long bound = Math.round(Double.parseDouble(matcher.group(2)) * SECOND);
    return Optional.of(clock(nowMonoNanos, offset - bound, offset + bound));
  }

  static SystemClockFacts clock(long nowMonoNanos, long earliest, long latest) {
    return new SystemClockFacts(
        nowMonoNanos,
        0,
        (earliest + latest) / 2,
        earliest,
        latest,
        DriftStatistics.EMPTY,
        DriftStatistics.EMPTY,
        OptionalLong.empty(),
        SynchronisationClaim.NOT_ASKED);
  }

  @Override
  public CommandResult run(List<String> command, Duration limit) {
    calls.add(List.copyOf(command));
    String words = String.join(" ", command);
    if (words.contains("systemctl show")) {
      return exited(0, units(command), "");
    }
    String file =
        words.endsWith("tracking")
            ? "chronyc-c-tracking"
            : words.endsWith("sources")
                ? "chronyc-c-sources"
                : words.endsWith("-pn")
                    ? "ntpq-pn"
                    : words.endsWith("-c rv")
                        ? "ntpq-rv"
                        : words.contains("show-timesync")
                            ? "timedatectl-show-timesync"
                            : "timedatectl-show";
    Path error = folder.resolve(file + ".stderr.txt");
    Path output = folder.resolve(file + ".txt");
    return exited(status(output), text(output), Files.exists(error) ? text(error) : "");
  }

  private String units(List<String> command) {
    String names =
        unitText.lines().filter(line -> line.startsWith("Names=")).findFirst().orElse("");
    List<String> blocks = new ArrayList<>();
    for (String name : command.subList(command.indexOf("-p") + 2, command.size())) {
      boolean isThis = List.of(names.substring("Names=".length()).split(" ", -1)).contains(name);
      blocks.add(isThis ? unitText : otherUnit(name));
    }
    return String.join("\n", blocks);
  }

  private static String otherUnit(String name) {
    return """
        Id=%1$s
        Names=%1$s
        LoadState=not-found
        ActiveState=inactive
        SubState=dead
        UnitFileState=
        ActiveEnterTimestampMonotonic=0
        """
        .formatted(name);
  }

  private static int status(Path file) {
    String name = CAPTURES.relativize(file) + "\t";
    return text(CAPTURES.resolve("STATUS.tsv"))
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> Integer.parseInt(line.substring(name.length())))
        .findFirst()
        .orElse(0);
  }

  private long wallEpochNanos() {
    Matcher matcher = TIME.matcher(text(folder.resolve("timedatectl-show.txt")));
    if (!matcher.matches()) {
      throw new IllegalStateException(folder.toString());
    }
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    return LocalDateTime.parse(matcher.group(1), format)
            .atZone(ZoneId.of("Europe/Berlin"))
            .toEpochSecond()
        * SECOND;
  }

  static CommandResult exited(int status, String output, String error) {
    return new CommandResult(CommandResult.Outcome.EXITED, status, output, error);
  }
}
