package com.ibstream.clocksync.history;

import com.ibstream.clocksync.history.chain.ChainKeeper;
import com.ibstream.clocksync.history.chain.ChainLock;
import com.ibstream.clocksync.history.chain.ChainWriter;
import com.ibstream.clocksync.verdict.ClockEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain on disk, with what to do when it cannot be written: go on, and tell afterwards. For one
 * thread at a time; {@link #state} for any.
 */
final class HistoryFile {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryLog.class);

  /** More monitors than anybody runs on one host. */
  private static final int MOST_WRITERS = 16;

  private final HistoryLog.Settings settings;
  private final Origin origin;
  private final Consumer<ClockEvent> listener;
  private Optional<ChainLock> lock = Optional.empty();
  private Optional<ChainWriter> writer = Optional.empty();
  private Optional<Loss> loss = Optional.empty();
  private Optional<RecordSchedule.Due> latest = Optional.empty();
  private Optional<LocalDate> keptDay = Optional.empty();
  private long lostCount;
  private boolean isClosed;
  private volatile HistoryState state;

  /** Records that are missing, until that can be recorded. */
  private record Loss(Optional<Instant> since, long count, String reason) {

    Loss and(long more, String newReason) {
      return new Loss(since, count + more, newReason);
    }
  }

  HistoryFile(HistoryLog.Settings settings, Origin origin, Consumer<ClockEvent> listener) {
    this.settings = settings;
    this.origin = origin;
    this.listener = listener;
    state = new HistoryState(settings.directory(), 0, "", 0, Optional.empty());
  }

  HistoryState state() {
    return state;
  }

  /** Writes a record, after what has to be said before it. Never throws for what the world does. */
  void write(RecordSchedule.Due due) {
    if (isClosed) {
      return;
    }
    latest = Optional.of(due);
    try {
      ChainWriter out = opened(due);
      LocalDate day = day(out, due.sighting());
      if (loss.isPresent()) {
        Loss told = loss.get();
        out.append(day, RecordText.gap(due.sighting(), told.since, told.count, told.reason));
        loss = Optional.empty();
        LOG.info("the history is written again in {}", settings.directory());
      }
      out.append(day, RecordText.status(due.sighting(), due.since()));
      keep(due.sighting(), day);
      seen(Optional.empty());
    } catch (IOException e) {
      failed(due.sighting(), reason(e));
    }
  }

  private ChainWriter opened(RecordSchedule.Due due) throws IOException {
    if (writer.isEmpty()) {
      if (lock.isEmpty()) {
        lock = ChainLock.takeFirst(settings.directory(), MOST_WRITERS);
      }
      Path directory =
          lock.orElseThrow(() -> new IOException(MOST_WRITERS + " monitors write there already"))
              .directory();
      if (!directory.equals(settings.directory())) {
        LOG.warn(
            "another monitor writes the history in {}; this one writes in {}",
            settings.directory(),
            directory);
      }
      ChainWriter opened = ChainWriter.open(directory);
      opened.findings().forEach(finding -> LOG.warn("history: {}", finding));
      try {
        opened.append(
            day(opened, due.sighting()),
            RecordText.start(due.sighting(), origin, opened.findings()));
      } catch (IOException e) {
        opened.close();
        throw e;
      }
      writer = Optional.of(opened);
    }
    return writer.get();
  }

  /** The day of a record. Only a trusted time opens a new one. */
  private static LocalDate day(ChainWriter out, Sighting sighting) {
    boolean isTrusted = sighting.status().isSafeToStamp();
    return out.day()
        .filter(unused -> !isTrusted)
        .orElseGet(() -> LocalDate.ofInstant(RecordText.instant(sighting), ZoneOffset.UTC));
  }

  private void keep(Sighting sighting, LocalDate today) {
    if (!sighting.status().isSafeToStamp() || keptDay.filter(today::equals).isPresent()) {
      return; // nothing is removed by a date that nobody vouches for
    }
    keptDay = Optional.of(today);
    Path directory = lock.orElseThrow().directory();
    try {
      ChainKeeper.keep(directory, today, settings.retentionDays());
    } catch (IOException e) {
      LOG.warn("compressing or removing old files of the history failed: {}", reason(e));
    }
    try {
      new DailyReview(directory).look(today, sighting.monoNanos()).ifPresent(listener);
    } catch (IOException | RuntimeException e) {
      LOG.warn("the reports of the history cannot be written", e);
    }
  }

  /** Records that did not come as far as here. */
  void lost(long count, String reason) {
    if (count > 0) {
      missing(latest.map(RecordSchedule.Due::sighting), count, reason);
    }
  }

  private void failed(Sighting sighting, String reason) {
    missing(Optional.of(sighting), 1, reason);
    seen(Optional.of(reason));
  }

  private void missing(Optional<Sighting> from, long count, String reason) {
    lostCount += count;
    if (loss.isEmpty()) {
      LOG.error("the history cannot be written in {}: {}", settings.directory(), reason);
    }
    loss =
        Optional.of(
            loss.orElseGet(() -> new Loss(from.map(RecordText::instant), 0, reason))
                .and(count, reason));
  }

  private void seen(Optional<String> failure) {
    state =
        new HistoryState(
            lock.map(ChainLock::directory).orElse(settings.directory()),
            writer.map(ChainWriter::recordCount).orElse(0L),
            writer.map(ChainWriter::lastHash).orElse(""),
            lostCount,
            failure);
  }

  void flush() {
    try {
      if (writer.isPresent()) {
        writer.get().flush();
      }
    } catch (IOException e) {
      LOG.warn("the history may not outlast a loss of power: {}", reason(e));
      missing(latest.map(RecordSchedule.Due::sighting), 1, reason(e)); // at least
      reopen();
      seen(Optional.of(reason(e)));
    }
  }

  /** The next record begins where the chain on the disk ends, wherever that is. */
  private void reopen() {
    try {
      writer.orElseThrow().close();
    } catch (IOException e) {
      LOG.debug("the history was closed with a failure that is known", e);
    }
    writer = Optional.empty();
  }

  void close() {
    isClosed = true;
    try {
      if (writer.isPresent() && latest.isPresent()) {
        Sighting last = latest.get().sighting();
        writer.get().append(day(writer.get(), last), RecordText.stop(last));
        writer.get().close();
        seen(Optional.empty());
      }
    } catch (IOException e) {
      seen(Optional.of(reason(e)));
    } finally {
      unlock();
    }
  }

  private void unlock() {
    try {
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException e) {
      LOG.warn("the lock of the history cannot be given back: {}", reason(e));
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
