package com.ibstream.clocksync.history.read;

import com.ibstream.clocksync.history.chain.ChainFiles;
import com.ibstream.clocksync.history.chain.DayFile;
import com.ibstream.clocksync.history.chain.LineScanner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Reads a history in the order in which it was written, record by record, in constant memory. Does
 * not prove the chain: see {@code ChainCheck}.
 */
public final class HistoryReader {

  private HistoryReader() {}

  /**
   * Reads all files of a directory.
   *
   * @param directory of one chain
   * @param records takes each record
   * @return how many lines were no records
   * @throws IOException if something cannot be read; names the file
   */
  public static long readAll(Path directory, Consumer<HistoryRecord> records) throws IOException {
    long skipped = 0;
    List<DayFile> files = ChainFiles.in(directory).inOrder();
    for (DayFile file : files) {
      skipped += read(file, records);
    }
    return skipped;
  }

  /**
   * Reads one file.
   *
   * @param file of a chain
   * @param records takes each record
   * @return how many lines were no records; an unfinished last line is none of them
   * @throws IOException if it cannot be read; names the file
   */
  public static long read(DayFile file, Consumer<HistoryRecord> records) throws IOException {
    return read(file, at -> false, records);
  }

  /**
   * Reads one file, some records with their servers, which takes several times as long.
   *
   * @param file of a chain
   * @param isDetailed whether the servers are wanted of a record of that time, nanoseconds since
   *     1970; asked in the order of the records
   * @param records takes each record
   * @return how many lines were no records; an unfinished last line is none of them
   * @throws IOException if it cannot be read; names the file
   */
  public static long read(DayFile file, LongPredicate isDetailed, Consumer<HistoryRecord> records)
      throws IOException {
    long skipped = 0;
    try (InputStream stream = file.open()) {
      LineScanner lines = new LineScanner(stream);
      // A line that is not finished was never vouched for, even if it looks like a record.
      while (lines.next() && lines.isTerminated()) {
        var record = RecordParser.parse(lines.bytes(), lines.start(), lines.length(), isDetailed);
        if (record.isPresent()) {
          records.accept(record.get());
        } else {
          skipped++;
        }
      }
    } catch (IOException e) {
      throw new IOException(file.path() + ": " + e.getMessage(), e);
    }
    return skipped;
  }
}
