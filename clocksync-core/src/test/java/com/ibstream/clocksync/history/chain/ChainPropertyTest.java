package com.ibstream.clocksync.history.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a chain is found, except to its newest record. */
class ChainPropertyTest {

  private static final LocalDate FIRST = LocalDate.of(2026, 11, 20);
  private static final int DAYS = 5;
  private static final int RECORDS_A_DAY = 6;
  private static final long KEPT_DAYS = 4;

  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    try (ChainWriter writer = ChainWriter.open(directory)) {
      for (int day = 0; day < DAYS; day++) {
        for (int i = 0; i < RECORDS_A_DAY; i++) {
          writer.append(FIRST.plusDays(day), "\"kind\":\"test\",\"text\":\"Ä " + i + "\"");
        }
        ChainKeeper.keep(directory, FIRST.plusDays(day), KEPT_DAYS);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.sorted().toList();
    }
  }

  private Path newest() {
    return DayFile.of(directory, FIRST.plusDays(DAYS - 1), 1).path();
  }

  @Test
  void shouldBeIntactAsItWasWritten() throws IOException {
    ChainVerdict verdict = ChainCheck.of(directory);

    assertThat(verdict.firstBreak()).isEmpty();
    assertThat(verdict.fileCount()).isEqualTo((int) KEPT_DAYS);
    assertThat(verdict.recordCount()).isEqualTo(KEPT_DAYS * (RECORDS_A_DAY + 1));
    assertThat(verdict.notes()).containsExactly("the first 7 records were removed by age");
    assertThat(files().stream().map(file -> file.getFileName().toString()))
        .containsExactly(
            "anchor.json",
            "clocksync-2026-11-21.jsonl.gz",
            "clocksync-2026-11-22.jsonl.gz",
            "clocksync-2026-11-23.jsonl.gz",
            "clocksync-2026-11-24.jsonl");
  }

  @Test
  void shouldFindEveryByteThatIsNotAsItWasWritten() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    for (Path file : files()) {
      byte[] good = Files.readAllBytes(file);
      // Without its line feed the newest record looks as if it were being written.
      int end = file.equals(newest()) ? good.length - 1 : good.length;
      for (int i = 0; i < end; i++) {
        byte[] bad = good.clone();
        bad[i] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        Files.write(file, bad);

        assertThat(ChainCheck.of(directory).isIntact())
            .as("byte %d of %s, %02x for %02x", i, file.getFileName(), bad[i], good[i])
            .isFalse();
      }
      Files.write(file, good);
    }
    assertThat(ChainCheck.of(directory).isIntact()).isTrue();
  }

  @Test
  void shouldFindEveryRecordThatIsMissingDoubledOrOutOfOrder() throws IOException {
    List<String> good = Files.readAllLines(newest(), StandardCharsets.UTF_8);
    for (int i = 0; i < good.size(); i++) {
      List<String> doubled = new ArrayList<>(good);
      doubled.add(i, good.get(i));
      assertBroken(doubled, "doubled", i);
      if (i < good.size() - 1) {
        List<String> dropped = new ArrayList<>(good);
        dropped.remove(i);
        assertBroken(dropped, "dropped", i);
        List<String> swapped = new ArrayList<>(good);
        Collections.swap(swapped, i, i + 1);
        assertBroken(swapped, "swapped", i);
      }
    }
  }

  private void assertBroken(List<String> lines, String what, int line) throws IOException {
    Files.write(newest(), lines, StandardCharsets.UTF_8);
    ChainVerdict verdict = ChainCheck.of(directory);

    assertThat(verdict.isIntact()).as("%s line %d", what, line + 1).isFalse();
    assertThat(verdict.firstBreak().orElseThrow().line())
        .as("%s line %d", what, line + 1)
        .isBetween((long) line, line + 2L);
  }

  @Test
  void shouldFindEveryFileThatIsMissingDoubledOrRenamed() throws IOException {
    for (Path file : files()) {
      byte[] good = Files.readAllBytes(file);
      if (!file.equals(newest())) {
        Files.delete(file);
        assertThat(ChainCheck.of(directory).isIntact()).as("without %s", file).isFalse();
        Files.write(file, good);
      }
    }
    Path second = directory.resolve("clocksync-2026-11-24.2.jsonl");
    Files.copy(newest(), second);
    assertThat(ChainCheck.of(directory).isIntact()).as("a file twice").isFalse();
    Files.delete(second);
    Path renamed = directory.resolve("clocksync-2026-11-25.jsonl");
    Files.move(newest(), renamed);
    assertThat(ChainCheck.of(directory).firstBreak().orElseThrow().text())
        .isEqualTo("clocksync-2026-11-25.jsonl line 1: it does not open 2026-11-25");
    Files.move(renamed, newest());
    assertThat(ChainCheck.of(directory).isIntact()).isTrue();
  }

  @Test
  void shouldGoOnWhereARemovalWasInterrupted() throws IOException {
    try (ChainWriter writer = ChainWriter.open(directory)) {
      writer.append(FIRST.plusDays(DAYS), "\"kind\":\"test\"");
    }
    Path oldest = directory.resolve("clocksync-2026-11-21.jsonl.gz");
    byte[] bytes = Files.readAllBytes(oldest);
    ChainKeeper.keep(directory, FIRST.plusDays(DAYS), KEPT_DAYS);
    Files.write(oldest, bytes); // the anchor was written, and then the machine stopped

    assertThat(ChainCheck.of(directory).isIntact()).isTrue();
    ChainKeeper.keep(directory, FIRST.plusDays(DAYS), KEPT_DAYS);
    assertThat(oldest).doesNotExist();
    assertThat(ChainCheck.of(directory).isIntact()).isTrue();
  }
}
