package com.ibstream.clocksync.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.history.chain.ChainCheck;
import com.ibstream.clocksync.history.read.HistoryReader;
import com.ibstream.clocksync.history.read.HistoryRecord;
import com.ibstream.clocksync.history.read.HistoryRecord.Kind;
import com.ibstream.clocksync.repair.HostStatuses;
import com.ibstream.clocksync.testing.FakeRuler;
import com.ibstream.clocksync.testing.FakeWallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that cannot keep up. */
class HistoryLogTest {

  private static final int QUEUE = 4_096;

  @TempDir private Path directory;
  private final Queue<Runnable> disk = new ArrayDeque<>();
  private final FakeRuler ruler = new FakeRuler(HostStatuses.HOUR);
  private final FakeWallClock wall = new FakeWallClock(ruler, HostStatuses.BOOT_EPOCH_NANOS);

  private HistoryLog log(Executor executor) {
    return new HistoryLog(
        new HistoryLog.Settings(directory, HostStatuses.MINUTE, 30),
        new Origin("1", "boot", 1, "servers"),
        ruler,
        wall,
        executor,
        event -> {});
  }

  private void record(HistoryLog log, int count) {
    for (int i = 0; i < count; i++) {
      log.record(HostStatuses.good().at(ruler.monoNanos()).build(), List.of());
      ruler.advance(HostStatuses.MINUTE);
    }
  }

  private long statusCount() throws IOException {
    List<HistoryRecord> records = new ArrayList<>();
    assertThat(HistoryReader.readAll(directory, records::add)).isZero();
    return records.stream().filter(record -> record.kind() == Kind.STATUS).count();
  }

  private void write() {
    while (!disk.isEmpty()) {
      disk.remove().run();
    }
  }

  @Test
  void shouldTellOfWhatFoundNoRoomWhereItIsMissing() throws IOException {
    HistoryLog log = log(disk::add);
    record(log, QUEUE + 3);
    write();
    record(log, 2);
    write();
    log.close();
    write();

    List<HistoryRecord> records = new ArrayList<>();
    assertThat(HistoryReader.readAll(directory, records::add)).isZero();
    List<Kind> kinds =
        records.stream().map(HistoryRecord::kind).filter(kind -> kind != Kind.OTHER).toList();

    assertThat(ChainCheck.of(directory).isIntact()).isTrue();
    assertThat(kinds.indexOf(Kind.GAP)).isEqualTo(1 + QUEUE); // behind START and what had room
    assertThat(kinds.subList(QUEUE + 2, kinds.size())).startsWith(Kind.STATUS, Kind.STATUS);
    assertThat(log.state().lostCount()).isEqualTo(3);
  }

  @Test
  void shouldWriteAfterAllWhatThereWasNoThreadFor() throws IOException {
    AtomicBoolean isOutOfThreads = new AtomicBoolean(true);
    HistoryLog log =
        log(
            task -> {
              if (isOutOfThreads.getAndSet(false)) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              disk.add(task);
            });
    record(log, 2);
    write();

    assertThat(statusCount()).isEqualTo(2);
  }

  @Test
  void shouldWriteOnClosingWhatThereWasNeverAThreadFor() throws IOException {
    HistoryLog log =
        log(
            task -> {
              throw new OutOfMemoryError("unable to create native thread");
            });
    record(log, 2);
    log.close();

    assertThat(statusCount()).isGreaterThanOrEqualTo(2);
  }
}
