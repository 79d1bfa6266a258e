package com.ibstream.clocksync.service.answers;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One unit as {@code systemctl show} prints it. It prints a unit that does not exist too, as {@code
 * not-found}, and ends with 0.
 *
 * @param id its real name
 * @param names all its names, aliases included
 * @param loadState {@code LoadState}
 * @param activeState {@code ActiveState}
 * @param subState {@code SubState}
 * @param result {@code Result}: how its last run ended
 * @param unitFileState {@code UnitFileState}; empty text if it has no file
 * @param restartCount {@code NRestarts}: how often systemd restarted it by itself
 * @param activeEnterMonoNanos when it last became active, on CLOCK_MONOTONIC; empty if it never was
 *     or it is not said
 * @param downEndMonoNanos when it last left being down or stopped being active, on CLOCK_MONOTONIC:
 *     of a unit that is being started, since when; empty if it never did or it is not said
 */
public record UnitProperties(
    String id,
    Set<String> names,
    String loadState,
    String activeState,
    String subState,
    String result,
    String unitFileState,
    OptionalInt restartCount,
    OptionalLong activeEnterMonoNanos,
    OptionalLong downEndMonoNanos) {

  /** The properties to ask for; systemd prints them in its own order. */
  public static final String ASKED =
      "Id,Names,LoadState,ActiveState,SubState,Result,UnitFileState,NRestarts,"
          + "ActiveEnterTimestampMonotonic,ActiveExitTimestampMonotonic,"
          + "InactiveExitTimestampMonotonic";

  private static final Set<String> LOAD_STATES =
      Set.of("stub", "loaded", "not-found", "bad-setting", "error", "merged", "masked");
  private static final Set<String> ACTIVE_STATES =
      Set.of(
          "active",
          "reloading",
          "refreshing",
          "inactive",
          "failed",
          "activating",
          "deactivating",
          "maintenance");
  private static final Splitter SPACES = Splitter.on(' ').omitEmptyStrings();
  private static final long NANOS_PER_MICRO = 1000;
  private static final int MOST_RESTARTS = 999_999_999;

  /** Copies the names. */
  public UnitProperties {
    names = Set.copyOf(names);
  }

  /**
   * Reads the answer about one or several units.
   *
   * @param text what {@code systemctl show} printed, with all properties or with some
   * @return every unit, as often as it is named; unreadable if one of them lacks what matters or
   *     has a state that systemd does not have, as after a cut
   */
  public static Answer<List<UnitProperties>> parse(String text) {
    List<UnitProperties> units = new ArrayList<>();
    for (Map<String, String> block : PropertyLines.blocks(text, "Id")) {
      Optional<UnitProperties> unit = unit(block);
      if (unit.isEmpty()) {
        return Answer.unreadable("systemctl describes a unit without its name or its state");
      }
      units.add(unit.get());
    }
    return units.isEmpty()
        ? Answer.unreadable("systemctl describes no unit: " + ToolOutput.quote(text))
        : Answer.read(List.copyOf(units));
  }

  /**
   * Whether the host has such a unit.
   *
   * @return true also for one that is masked or that cannot be loaded
   */
  public boolean isInstalled() {
    return !loadState.equals("not-found");
  }

  private static Optional<UnitProperties> unit(Map<String, String> block) {
    String id = block.getOrDefault("Id", "");
    String loadState = block.getOrDefault("LoadState", "");
    String activeState = block.getOrDefault("ActiveState", "");
    if (id.isEmpty()
        || !LOAD_STATES.contains(loadState)
        || !ACTIVE_STATES.contains(activeState)
        || block.getOrDefault("SubState", "").isEmpty()) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>(SPACES.splitToList(block.getOrDefault("Names", "")));
    names.add(id);
    return Optional.of(
        new UnitProperties(
            id,
            names,
            loadState,
            activeState,
            block.getOrDefault("SubState", ""),
            block.getOrDefault("Result", ""),
            block.getOrDefault("UnitFileState", ""),
            Numbers.whole(block.getOrDefault("NRestarts", ""), MOST_RESTARTS),
            stamp(block, "ActiveEnterTimestampMonotonic"),
            later(
                stamp(block, "InactiveExitTimestampMonotonic"),
                stamp(block, "ActiveExitTimestampMonotonic"))));
  }

  private static OptionalLong later(OptionalLong one, OptionalLong other) {
    return one.isEmpty() || (other.isPresent() && other.getAsLong() > one.getAsLong())
        ? other
        : one;
  }

  private static OptionalLong stamp(Map<String, String> block, String name) {
    OptionalLong value = Numbers.longWhole(block.getOrDefault(name, ""));
    return value.isEmpty()
            || value.getAsLong() == 0
            || value.getAsLong() > Long.MAX_VALUE / NANOS_PER_MICRO
        ? OptionalLong.empty()
        : OptionalLong.of(value.getAsLong() * NANOS_PER_MICRO);
  }
}
