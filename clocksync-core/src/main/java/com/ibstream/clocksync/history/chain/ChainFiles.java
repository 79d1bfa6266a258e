package com.ibstream.clocksync.history.chain;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** The files of a chain in a directory, in the order of their records. Immutable. */
public final class ChainFiles {

  /** What stands for the records that were removed because they were old. */
  static final String ANCHOR = "anchor.json";

  /** In the names of files with what was found where records should be. */
  static final String SET_ASIDE = ".damaged";

  private final List<DayFile> inOrder;
  private final List<DayFile> unreadable;
  private final List<DayFile> removed;
  private final List<String> setAside;
  private final Optional<Link> anchor;

  private ChainFiles(
      List<DayFile> inOrder,
      List<DayFile> unreadable,
      List<DayFile> removed,
      List<String> setAside,
      Optional<Link> anchor) {
    this.inOrder = List.copyOf(inOrder);
    this.unreadable = List.copyOf(unreadable);
    this.removed = List.copyOf(removed);
    this.setAside = List.copyOf(setAside);
    this.anchor = anchor;
  }

  private record Placed(DayFile file, long number) {}

  /**
   * Looks into a directory.
   *
   * @param directory of one chain
   * @return its files
   * @throws IOException if it cannot be read
   */
  public static ChainFiles in(Path directory) throws IOException {
    List<DayFile> found = new ArrayList<>();
    List<String> setAside = new ArrayList<>();
    try (Stream<Path> paths = Files.list(directory)) {
      paths.forEach(
          path -> {
            DayFile.of(path).ifPresent(found::add);
            Optional.of(path.getFileName().toString())
                .filter(name -> name.contains(SET_ASIDE))
                .ifPresent(setAside::add);
          });
    }
    setAside.sort(Comparator.naturalOrder());
    Set<Path> names = new HashSet<>();
    found.forEach(file -> names.add(file.path()));
    List<Placed> placed = new ArrayList<>();
    List<DayFile> unreadable = new ArrayList<>();
    for (DayFile file : found) {
      // While the original is there, its compressed copy was not finished.
      boolean isCopy =
          file.isCompressed()
              && names.contains(DayFile.of(directory, file.day(), file.turn()).path());
      if (!isCopy) {
        Optional<Link> first = firstOf(file);
        if (first.isPresent()) {
          placed.add(new Placed(file, first.get().number()));
        } else {
          unreadable.add(file);
        }
      }
    }
    placed.sort(
        Comparator.comparingLong(Placed::number)
            .thenComparing(p -> p.file().day())
            .thenComparing(p -> p.file().turn()));
    Optional<Link> anchor = anchor(directory);
    long first = anchor.orElse(Link.NONE).number() + 1;
    boolean isAnchored = placed.stream().anyMatch(p -> p.number() == first);
    return new ChainFiles(
        placed.stream().filter(p -> !isAnchored || p.number() >= first).map(Placed::file).toList(),
        unreadable,
        placed.stream().filter(p -> isAnchored && p.number() < first).map(Placed::file).toList(),
        setAside,
        anchor);
  }

  /** What is not as it was compressed is broken; what cannot be read now may be readable later. */
  private static Optional<Link> firstOf(DayFile file) throws IOException {
    try {
      return file.first();
    } catch (ZipException | EOFException e) {
      return Optional.empty();
    }
  }

  /**
   * The files with records.
   *
   * @return the oldest records first
   */
  public List<DayFile> inOrder() {
    return inOrder;
  }

  /** Those whose first line is no record: empty, torn or broken. */
  List<DayFile> unreadable() {
    return unreadable;
  }

  /** The names of files with what a writer found where records should be. */
  List<String> setAside() {
    return setAside;
  }

  /** Those that the anchor stands for already, and that a crash kept from being removed. */
  List<DayFile> removed() {
    return removed;
  }

  /**
   * What the first record must follow: {@link Link#NONE} if nothing was ever removed; empty if the
   * anchor is broken.
   */
  Optional<Link> anchor() {
    return anchor;
  }

  private static Optional<Link> anchor(Path directory) throws IOException {
    byte[] text;
    try {
      text = Files.readAllBytes(directory.resolve(ANCHOR));
    } catch (NoSuchFileException e) {
      return Optional.of(Link.NONE);
    }
    if (text.length == 0 || text[text.length - 1] != '\n') {
      return Optional.empty();
    }
    return Link.of(Arrays.copyOf(text, text.length - 1))
        .map(link -> new Link(link.number() - 1, "", link.previous()));
  }

  /** Makes names that were given or changed in a directory outlast a loss of power. */
  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }
}
