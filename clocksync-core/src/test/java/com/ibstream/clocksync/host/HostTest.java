package com.ibstream.clocksync.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult.Outcome;
import com.ibstream.clocksync.seam.HostFiles.FileContent;
import com.ibstream.clocksync.seam.NameResolver.Resolution;
import com.ibstream.clocksync.time.Ruler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final ProcessCommandRunner commands = new ProcessCommandRunner();
  private final BoundedHostFiles files = new BoundedHostFiles();

  @Test
  void shouldGiveOutputErrorAndExitStatusOfACommand() {
    CommandResult result =
        commands.run(List.of("/bin/sh", "-c", "echo out; echo err >&2; exit 3"), LONG);

    assertThat(result).isEqualTo(new CommandResult(Outcome.EXITED, 3, "out\n", "err\n"));
  }

  @Test
  void shouldKnowTheLibrarysWordForAnInvalidArgument() {
    assertThat(JnaKernelClocks.text(22)).isNotBlank().isNotEqualTo(JnaKernelClocks.text(5));
  }

  @Test
  void shouldSayThatACommandCouldNotBeStarted() {
    CommandResult result = commands.run(List.of("/no/such/program"), LONG);
    CommandResult closed = commands.run(List.of("/etc/passwd"), LONG);

    assertThat(result.outcome()).isEqualTo(Outcome.ABSENT);
    assertThat(result.error()).contains("/no/such/program");
    assertThat(closed.outcome()).isEqualTo(Outcome.NOT_STARTED);
  }

  @Test
  void shouldEndACommandThatHangsWithItsChildren() {
    long start = Ruler.system().monoNanos();

    CommandResult result =
        commands.run(List.of("/bin/sh", "-c", "sleep 600; true"), Duration.ofMillis(200));

    assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(Ruler.system().monoNanos() - start).isLessThan(LONG.toNanos());
  }

  @Test
  void shouldCutTheOutputOfACommandThatNeverStopsTalking() {
    CommandResult result = commands.run(List.of("/bin/sh", "-c", "yes | head -c 1000000"), LONG);

    assertThat(result.outcome()).isEqualTo(Outcome.EXITED);
    assertThat(result.output()).hasSize(256 * 1024);
  }

  @Test
  void shouldReadAFileUpToTheLimit(@TempDir Path folder) throws Exception {
    Path small = Files.writeString(folder.resolve("small"), "UTC\n");
    Path large = Files.writeString(folder.resolve("large"), "x".repeat(64 * 1024 + 1));
    Path exact = Files.writeString(folder.resolve("exact"), "x".repeat(64 * 1024));

    assertThat(files.read(small)).isEqualTo(new FileContent(FileContent.Outcome.READ, "UTC\n", ""));
    assertThat(files.read(large).outcome()).isEqualTo(FileContent.Outcome.CUT);
    assertThat(files.read(large).text()).hasSize(64 * 1024);
    assertThat(files.read(exact).outcome()).isEqualTo(FileContent.Outcome.READ);
    assertThat(files.read(folder.resolve("none")).outcome()).isEqualTo(FileContent.Outcome.ABSENT);
    assertThat(files.read(folder).outcome()).isEqualTo(FileContent.Outcome.FAILED);
  }

  @Test
  void shouldResolveLiteralAddressesAtOnceAndNamesElsewhere() throws Exception {
    SystemNameResolver resolver = new SystemNameResolver();
    CompletableFuture<Resolution> literal = new CompletableFuture<>();
    CompletableFuture<Resolution> scoped = new CompletableFuture<>();
    CompletableFuture<Resolution> unknown = new CompletableFuture<>();
    CompletableFuture<Resolution> local = new CompletableFuture<>();

    resolver.resolve("::1", literal::complete);
    resolver.resolve("fe80::1%nosuch", scoped::complete);
    resolver.resolve("no-such-host.invalid", unknown::complete);
    resolver.resolve("localhost", local::complete);

    assertThat(literal).isCompleted();
    assertThat(scoped.join().failure()).contains("fe80::1%nosuch");
    assertThat(literal.join().addresses()).hasSize(1);
    assertThat(local.get(20, TimeUnit.SECONDS).addresses()).isNotEmpty();
    assertThat(unknown.get(20, TimeUnit.SECONDS).failure()).contains("no-such-host.invalid");
  }

  /** As many names as a monitor may have: none may hang another, and the vote waits for each. */
  @Test
  void shouldLookUpEveryNameThatAMonitorMayHave() {
    SystemNameResolver resolver = new SystemNameResolver();
    List<CompletableFuture<Resolution>> answers =
        IntStream.range(0, 64).mapToObj(i -> new CompletableFuture<Resolution>()).toList();

    for (int i = 0; i < answers.size(); i++) {
      resolver.resolve("host-" + i + ".invalid", answers.get(i)::complete);
    }

    assertThat(answers)
        .allMatch(
            answer ->
                answer
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join()
                    .failure()
                    .startsWith("unknown host "));
  }

  @Test
  void shouldGiveOneAnswerToAllWhoAskForAName() throws Exception {
    SystemNameResolver resolver = new SystemNameResolver();
    CompletableFuture<Resolution> first = new CompletableFuture<>();
    CompletableFuture<Resolution> second = new CompletableFuture<>();

    resolver.resolve("localhost", first::complete);
    resolver.resolve("localhost", second::complete);

    assertThat(first.get(20, TimeUnit.SECONDS).addresses()).isNotEmpty();
    assertThat(second.get(20, TimeUnit.SECONDS).addresses()).isEqualTo(first.join().addresses());
  }
}
