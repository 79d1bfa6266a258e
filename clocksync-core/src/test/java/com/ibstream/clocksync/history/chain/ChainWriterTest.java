package com.ibstream.clocksync.history.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.history.read.HistoryReader;
import com.ibstream.clocksync.history.read.HistoryRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainWriterTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 26);
  private static final String RECORD = "\"kind\":\"test\"";

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("clocksync-2026-11-26.jsonl");
  }

  private void write(int count) throws IOException {
    try (ChainWriter writer = ChainWriter.open(directory)) {
      for (int i = 0; i < count; i++) {
        writer.append(DAY, RECORD);
      }
    }
  }

  @Test
  void shouldOpenEachDayWithTheDayBefore() throws IOException {
    write(2);
    try (ChainWriter writer = ChainWriter.open(directory)) {
      String closing = writer.lastHash();
      writer.append(DAY.plusDays(1), RECORD);

      assertThat(Files.readString(directory.resolve("clocksync-2026-11-27.jsonl")))
          .startsWith(
              "{\"n\":3,\"prev\":\""
                  + closing
                  + "\",\"kind\":\"day\",\"day\":\"2026-11-27\","
                  + "\"before\":{\"day\":\"2026-11-26\",\"records\":3,\"hash\":\""
                  + closing
                  + "\"},\"hash\":\"");
    }
  }

  @Test
  void shouldLoseNothingButAnUnfinishedRecordWhereverItBreaksOff() throws IOException {
    write(3);
    byte[] whole = Files.readAllBytes(file());
    int lastBegins = new String(whole, StandardCharsets.UTF_8).lastIndexOf("{\"n\":");
    for (int length = lastBegins; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThat(ChainCheck.of(directory).isIntact()).as("cut at %d", length).isTrue();
      try (ChainWriter writer = ChainWriter.open(directory)) {
        assertThat(writer.recordCount()).as("cut at %d", length).isEqualTo(3);
        assertThat(writer.findings()).hasSize(length == lastBegins ? 0 : 1);
        writer.append(DAY, RECORD);
      }

      ChainVerdict verdict = ChainCheck.of(directory);
      assertThat(verdict.firstBreak()).as("cut at %d", length).isEmpty();
      assertThat(verdict.recordCount()).as("cut at %d", length).isEqualTo(4);
      assertThat(verdict.notes()).isEmpty();
    }
  }

  @Test
  void shouldTellAnEndThatACrashLeftFromOneThatSomebodyChanged() throws IOException {
    write(3);
    byte[] whole = Files.readAllBytes(file());

    Files.write(file(), new byte[4_096], StandardOpenOption.APPEND);
    assertThat(ChainCheck.of(directory).notes()).singleElement().asString().contains("zeros");

    byte[] changed = whole.clone();
    changed[whole.length - 1] = 'X';
    Files.write(file(), changed);
    assertThat(ChainCheck.of(directory).isIntact()).isFalse();

    Files.write(file(), whole);
    Files.writeString(file(), "{\"n\":4,\"prev\":\"0", StandardOpenOption.APPEND);
    assertThat(ChainCheck.of(directory).firstBreak().orElseThrow().reason())
        .isEqualTo("the end is not the beginning of a record");
  }

  @Test
  void shouldNotReadALineThatWasNotFinished() throws IOException {
    write(3);
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
    List<HistoryRecord> records = new ArrayList<>();

    assertThat(HistoryReader.readAll(directory, records::add)).isZero();

    assertThat(records).hasSize(3); // the opening of the day and two
    assertThat(ChainCheck.of(directory).recordCount()).isEqualTo(3);
  }

  @Test
  void shouldNameWhatWasSetAsideBefore() throws IOException {
    write(2);
    Files.writeString(file(), "no record\n", StandardOpenOption.APPEND);
    write(1);

    ChainVerdict verdict = ChainCheck.of(directory);

    assertThat(verdict.isIntact()).isTrue();
    assertThat(verdict.notes()).singleElement().asString().contains(".damaged holds");
  }

  @Test
  void shouldNotTakeAFileForWrittenThatSomebodyTookAway() throws IOException {
    try (ChainWriter writer = ChainWriter.open(directory)) {
      writer.append(DAY, RECORD);
      writer.flush();
      Files.delete(file());
      writer.append(DAY, RECORD);
      assertThatThrownBy(writer::flush).hasMessageContaining("was removed while");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("was removed while"); // once more by close()
    }
    try (ChainWriter writer = ChainWriter.open(directory)) {
      writer.append(DAY, RECORD);
      Files.writeString(file(), "more\n", StandardOpenOption.APPEND);
      assertThatThrownBy(writer::flush).hasMessageContaining("was changed by somebody else");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("was changed by somebody else");
    }
  }

  @Test
  void shouldSetAsideWhatIsNoRecordAndGoOn() throws IOException {
    write(2);
    Files.writeString(file(), "\0\0\0\0\n\0\0", StandardOpenOption.APPEND);
    assertThat(ChainCheck.of(directory).firstBreak().orElseThrow().text())
        .isEqualTo("clocksync-2026-11-26.jsonl line 4: the record is not as it was written");
    try (ChainWriter writer = ChainWriter.open(directory)) {
      assertThat(writer.findings())
          .containsExactly(
              "clocksync-2026-11-26.jsonl ends with lines that are no records;"
                  + " 7 bytes are set aside in clocksync-2026-11-26.jsonl.damaged");
      writer.append(DAY, RECORD);
    }

    assertThat(ChainCheck.of(directory).recordCount()).isEqualTo(4);
    assertThat(ChainCheck.of(directory).isIntact()).isTrue();
    assertThat(directory.resolve("clocksync-2026-11-26.jsonl.damaged")).hasSize(7);
  }

  @Test
  void shouldLeaveABreakWhereItIsAndGoOnBehindIt() throws IOException {
    write(3);
    String text = Files.readString(file());
    Files.writeString(file(), text.replaceFirst("test", "Test"));
    write(1);

    ChainVerdict verdict = ChainCheck.of(directory);
    assertThat(verdict.firstBreak().orElseThrow().text())
        .isEqualTo("clocksync-2026-11-26.jsonl line 2: the record is not as it was written");
    assertThat(Files.readAllLines(file())).hasSize(5);
  }

  @Test
  void shouldGoBackADayWhereTheDateBeforeWasWrong() throws IOException {
    try (ChainWriter writer = ChainWriter.open(directory)) {
      writer.append(DAY.plusYears(12), RECORD);
      assertThat(writer.append(DAY, RECORD)).isTrue();
      assertThat(writer.append(DAY, RECORD)).isFalse();
      assertThat(writer.day()).contains(DAY);
      writer.append(DAY.plusDays(1), RECORD);
      writer.append(DAY.plusDays(2), RECORD);
    }

    assertThat(ChainCheck.of(directory).fileCount()).isEqualTo(4);
    assertThat(ChainCheck.of(directory).isIntact()).isTrue();
    ChainKeeper.keep(directory, DAY.plusDays(2), 2);
    assertThat(ChainCheck.of(directory).firstBreak()).isEmpty();
    assertThat(ChainCheck.of(directory).fileCount()).isEqualTo(2);
  }

  @Test
  void shouldBeginAnotherFileWhereTheNewestIsCompressed() throws IOException {
    write(1);
    SealedGzip.compress(file(), DayFile.of(file()).orElseThrow().compressed().path());
    Files.delete(file());
    write(1);

    assertThat(directory.resolve("clocksync-2026-11-26.2.jsonl")).exists();
    assertThat(ChainCheck.of(directory).recordCount()).isEqualTo(4);
    assertThat(ChainCheck.of(directory).firstBreak()).isEmpty();
  }

  @Test
  void shouldHaveOneHolderOfAChain() throws IOException {
    try (ChainLock first = ChainLock.takeFirst(directory, 2).orElseThrow();
        ChainLock second = ChainLock.takeFirst(directory, 2).orElseThrow()) {
      assertThat(first.directory()).isEqualTo(directory);
      assertThat(second.directory()).isEqualTo(directory.resolve("jvm-2"));
      assertThat(ChainLock.takeFirst(directory, 2)).isEmpty();
    }
    try (ChainLock again = ChainLock.takeFirst(directory, 2).orElseThrow()) {
      assertThat(again.directory()).isEqualTo(directory);
    }
  }

  @Test
  void shouldRefuseARecordThatIsNoLine() throws IOException {
    try (ChainWriter writer = ChainWriter.open(directory)) {
      assertThatThrownBy(() -> writer.append(DAY, "\"a\":\n1")).hasMessageContaining("one line");
    }
  }
}
