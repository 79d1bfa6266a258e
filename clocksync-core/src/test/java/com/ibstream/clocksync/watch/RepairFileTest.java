package com.ibstream.clocksync.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.facts.RepairFacts.Outcome;
import com.ibstream.clocksync.repair.HostStatuses;
import com.ibstream.clocksync.testing.FakeHostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What outlasts a process and a boot, and what is refused. */
class RepairFileTest {

  private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";
  private static final String FIRST_BOOT = "11111111-2222-3333-4444-555555555555\n";
  private static final String NEXT_BOOT = "66666666-2222-3333-4444-555555555555\n";
  private static final long SECOND = HostStatuses.SECOND;
  private static final long NOON = HostStatuses.BOOT_EPOCH_NANOS;
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  @TempDir private Path folder;
  private final FakeHostFiles host = new FakeHostFiles().file(BOOT_ID, FIRST_BOOT);
  private Path directory;
  private RepairFile memory;

  @BeforeEach
  void open() {
    directory = folder.resolve("not yet").resolve("there");
    memory = new RepairFile(directory, host);
  }

  @AfterEach
  void close() throws IOException {
    memory.close();
  }

  private Path file() {
    return directory.resolve("repair-attempts.jsonl");
  }

  private static Attempt attempt(long monoNanos, Outcome outcome) {
    return new Attempt(
        RepairAction.STEP_CLOCK,
        monoNanos,
        "a \"reason\"\nof two lines",
        outcome,
        "",
        5,
        OptionalLong.of(-7),
        OptionalLong.empty());
  }

  private List<Attempt> recalled(long nowNanos, OptionalLong utc) {
    assertThat(memory.recall(nowNanos, utc).problem()).isEmpty();
    return memory.recall(nowNanos, utc).attempts();
  }

  @Test
  void shouldRememberNothingAtFirst() {
    assertThat(recalled(9, UNKNOWN)).isEmpty();
  }

  @Test
  void shouldReplaceAnAttemptByWhatBecameOfIt() {
    assertThat(memory.claim()).isEmpty();
    assertThat(memory.remember(attempt(3, Outcome.PENDING), OptionalLong.of(NOON))).isEmpty();
    assertThat(memory.remember(attempt(4, Outcome.PENDING), UNKNOWN)).isEmpty();
    assertThat(memory.remember(attempt(3, Outcome.HELPED), UNKNOWN)).isEmpty();

    assertThat(recalled(9, UNKNOWN))
        .extracting(Attempt::outcome)
        .containsExactlyInAnyOrder(Outcome.PENDING, Outcome.HELPED);
    Attempt helped = recalled(9, UNKNOWN).get(1);
    assertThat(helped.reason()).isEqualTo("a \"reason\" of two lines");
    assertThat(helped.offsetBeforeNanos()).hasValue(-7);
    assertThat(helped.offsetAfterNanos()).isEmpty();
  }

  @Test
  void shouldKeepTheLatestTwoHundred() throws IOException {
    memory.claim();
    for (int i = 0; i < 205; i++) {
      memory.remember(attempt(i, Outcome.HELPED), UNKNOWN);
    }

    assertThat(Files.readAllLines(file())).hasSize(200);
    assertThat(recalled(500, UNKNOWN).get(0).monoNanos()).isEqualTo(5);
  }

  @Test
  void shouldNotForgetWhatWasDoneForWhatWasNot() throws IOException {
    memory.claim();
    memory.remember(attempt(0, Outcome.DID_NOT_HELP), UNKNOWN);
    for (int i = 1; i < 300; i++) {
      memory.remember(attempt(i, i % 2 == 0 ? Outcome.WITHDRAWN : Outcome.NOT_PERMITTED), UNKNOWN);
    }

    assertThat(Files.readAllLines(file())).hasSize(200);
    assertThat(recalled(500, UNKNOWN).get(0).outcome()).isEqualTo(Outcome.DID_NOT_HELP);
    assertThat(recalled(500, UNKNOWN).get(1).monoNanos()).isEqualTo(101);
  }

  @Test
  void shouldDateAnActionOfAnotherBootByTrustedTimeOrByThisBoot() {
    memory.claim();
    memory.remember(attempt(8_000 * SECOND, Outcome.HELPED), OptionalLong.of(NOON));
    memory.remember(attempt(9_000 * SECOND, Outcome.HELPED), UNKNOWN);
    host.file(BOOT_ID, NEXT_BOOT);
    long nowNanos = 60 * SECOND;

    assertThat(recalled(nowNanos, OptionalLong.of(NOON + 3_600 * SECOND)))
        .extracting(Attempt::monoNanos)
        .containsExactly(-3_540 * SECOND, 0L);
    assertThat(recalled(nowNanos, UNKNOWN)).extracting(Attempt::monoNanos).containsExactly(0L, 0L);
    // Trusted time cannot have gone back, but if it seems so, nothing becomes old by it.
    assertThat(recalled(nowNanos, OptionalLong.of(NOON - 3_600 * SECOND)))
        .extracting(Attempt::monoNanos)
        .containsExactly(0L, 0L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"boot\":\"1111",
        "{}\n",
        "null\n",
        "\n",
        "[1]\n",
        "{\"boot\":\"b\",\"mono_ns\":1.5,\"action\":\"step_clock\",\"outcome\":\"helped\","
            + "\"reason\":\"\",\"detail\":\"\",\"duration_ns\":0}\n",
        "{\"boot\":\"b\",\"mono_ns\":1,\"action\":\"dance\",\"outcome\":\"helped\","
            + "\"reason\":\"\",\"detail\":\"\",\"duration_ns\":0}\n",
        "{\"boot\":\"b\",\"mono_ns\":1,\"action\":\"step_clock\",\"outcome\":\"helped\","
            + "\"reason\":\"\",\"detail\":\"\",\"duration_ns\":0} {}\n",
        "{\"boot\":\"b\",\"mono_ns\":1,\"utc\":\"yesterday\",\"action\":\"step_clock\","
            + "\"outcome\":\"helped\",\"reason\":\"\",\"detail\":\"\",\"duration_ns\":0}\n",
        "\u0000\u0000\u0000"
      })
  void shouldRefuseAFileThatItDidNotWriteSo(String rubbish) throws IOException {
    memory.claim();
    memory.remember(attempt(3, Outcome.HELPED), UNKNOWN);
    Files.writeString(file(), rubbish, StandardOpenOption.APPEND);

    assertThat(memory.recall(9, UNKNOWN).problem().orElseThrow()).contains(file().toString());
    assertThat(memory.remember(attempt(4, Outcome.PENDING), UNKNOWN)).isPresent();
    assertThat(Files.readString(file())).endsWith(rubbish); // kept, for whoever looks into it
  }

  @Test
  void shouldRefuseWhatIsFarTooLongNoFileOrNoText() throws IOException {
    memory.claim();
    Files.writeString(file(), String.join("", Collections.nCopies(1_100_000, " ")));
    assertThat(memory.recall(9, UNKNOWN).problem()).isPresent();
    Files.write(file(), new byte[] {(byte) 0xff, '\n'});
    assertThat(memory.recall(9, UNKNOWN).problem()).isPresent();
    Files.delete(file());
    Files.createDirectory(file());
    assertThat(memory.recall(9, UNKNOWN).problem()).isPresent();
    assertThat(memory.remember(attempt(4, Outcome.PENDING), UNKNOWN)).isPresent();
  }

  @Test
  void shouldRefuseToGuessWhichBootThisIs() {
    host.file(BOOT_ID, "");
    memory.claim();

    assertThat(memory.recall(9, UNKNOWN).problem().orElseThrow()).contains("boot");
    assertThat(memory.remember(attempt(4, Outcome.PENDING), UNKNOWN)).isPresent();
  }

  @Test
  void shouldWriteOnlyAsTheHostsRepairer() {
    assertThat(memory.remember(attempt(4, Outcome.PENDING), UNKNOWN)).isPresent();
    assertThat(directory).doesNotExist();
  }

  @Test
  void shouldSayWhyTheDirectoryCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("not yet"), "a file");

    assertThat(memory.claim().orElseThrow()).contains("repair.lock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"repair.lock", "repair-attempts.jsonl"})
  void shouldFollowNoLink(String name) throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "kept");
    Files.createDirectories(directory);
    Files.createSymbolicLink(directory.resolve(name), other);

    memory.claim();

    assertThat(memory.remember(attempt(4, Outcome.PENDING), UNKNOWN)).isPresent();
    assertThat(other).hasContent("kept");
  }
}
