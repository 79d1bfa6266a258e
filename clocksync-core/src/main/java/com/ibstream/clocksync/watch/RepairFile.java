package com.ibstream.clocksync.watch;

import com.ibstream.clocksync.facts.RepairFacts.Attempt;
import com.ibstream.clocksync.repair.RepairMemory;
import com.ibstream.clocksync.seam.HostFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The host's memory of repairs: a small file, one action a line, replaced as a whole, beside a lock
 * that makes one process at a time its writer. For one thread; any may close it.
 *
 * <p>A file that cannot be read as it was written is refused as a whole, for nobody knows what is
 * missing from it; the reason says so, until somebody mends or removes it. An action of another
 * boot of this host is as old as the trusted time of then and now says, and otherwise as young as
 * this boot, whose beginning is the origin of Linux's monotonic clock.
 */
public final class RepairFile implements RepairMemory, AutoCloseable {

  private static final int MOST_LINES = 200;
  private static final int MOST_BYTES = 1 << 20;

  private final StateDirectory directory;
  private final Path file;
  private final HostFiles files;
  private final RepairLock lock;

  /**
   * The memory in a directory, which need not exist yet.
   *
   * @param directory where it is kept; on a local disk
   * @param files tell which boot this is
   */
  public RepairFile(Path directory, HostFiles files) {
    this.directory = new StateDirectory(directory);
    file = this.directory.file("repair-attempts.jsonl");
    this.files = files;
    lock = new RepairLock(this.directory);
  }

  @Override
  public Optional<String> claim() {
    return lock.take();
  }

  @Override
  public Recall recall(long nowMonoNanos, OptionalLong utcEpochNanos) {
    try {
      String boot = boot();
      List<Attempt> attempts = new ArrayList<>();
      for (AttemptLine line : lines()) {
        attempts.add(onThisRuler(line, boot, nowMonoNanos, utcEpochNanos));
      }
      return new Recall(attempts, Optional.empty());
    } catch (IOException e) {
      return new Recall(List.of(), Optional.of(reason(e)));
    }
  }

  @Override
  public Optional<String> remember(Attempt attempt, OptionalLong utcEpochNanos) {
    if (!lock.isHeld()) {
      return Optional.of("this process is not the host's repairer");
    }
    try {
      String boot = boot();
      List<AttemptLine> lines = new ArrayList<>(lines());
      Optional<AttemptLine> before =
          lines.stream().filter(line -> isSame(line, boot, attempt)).findFirst();
      lines.removeIf(line -> isSame(line, boot, attempt));
      // Its beginning is when it was first written down.
      OptionalLong utc = before.map(AttemptLine::utcEpochNanos).orElse(utcEpochNanos);
      lines.add(new AttemptLine(boot, utc, attempt));
      RepairMemory.forget(lines, MOST_LINES, AttemptLine::attempt);
      write(lines);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(reason(e));
    }
  }

  /** Lets another process repair this host. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  private String boot() throws IOException {
    return BootId.of(files)
        .orElseThrow(() -> new IOException("this boot of the host cannot be told from others"));
  }

  private List<AttemptLine> lines() throws IOException {
    String text;
    try {
      text = directory.text(file, MOST_BYTES);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw new IOException("its last line is torn");
    }
    List<AttemptLine> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Optional<AttemptLine> parsed = AttemptLine.parse(line);
      if (parsed.isEmpty()) {
        throw new IOException("line " + (lines.size() + 1) + " cannot be understood");
      }
      lines.add(parsed.get());
    }
    return lines;
  }

  private void write(List<AttemptLine> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append('\n'));
    directory.replace(file, text.toString());
  }

  private static boolean isSame(AttemptLine line, String boot, Attempt attempt) {
    return line.boot().equals(boot)
        && line.attempt().monoNanos() == attempt.monoNanos()
        && line.attempt().action() == attempt.action();
  }

  private static Attempt onThisRuler(
      AttemptLine line, String boot, long nowMonoNanos, OptionalLong utcEpochNanos) {
    Attempt attempt = line.attempt();
    if (line.boot().equals(boot)) {
      return attempt;
    }
    long monoNanos = 0;
    if (utcEpochNanos.isPresent() && line.utcEpochNanos().isPresent()) {
      long ageNanos = utcEpochNanos.getAsLong() - line.utcEpochNanos().getAsLong();
      monoNanos = Math.min(0, nowMonoNanos - ageNanos);
    }
    return new Attempt(
        attempt.action(),
        monoNanos,
        attempt.reason(),
        attempt.outcome(),
        attempt.detail(),
        attempt.durationNanos(),
        attempt.offsetBeforeNanos(),
        attempt.offsetAfterNanos());
  }

  private String reason(IOException e) {
    return "the memory of repairs, " + file + ": " + e;
  }
}
