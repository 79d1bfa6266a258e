package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.RtcFacts.Device;
import com.ibstream.clocksync.facts.RtcFacts.Keeping;
import com.ibstream.clocksync.seam.HostFiles;
import com.ibstream.clocksync.seam.HostFiles.FileContent;
import com.ibstream.clocksync.seam.HostFiles.FileContent.Outcome;
import com.ibstream.clocksync.time.Ruler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this machine tells of its hardware clocks without root: files only, nothing is ever written.
 * Blocks for a moment; not for the monitor's thread.
 */
final class RtcFiles {

  private static final int MOST_DEVICES = 8;
  private static final Path FOLDER = Path.of("/sys/class/rtc");
  private static final Path ADJTIME = Path.of("/etc/adjtime");
  private static final Path CHIP = Path.of("/proc/driver/rtc");

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern CHIP_LINE =
      Pattern.compile("^batt_status\\s*:\\s*(\\S+)\\s*$", Pattern.MULTILINE);

  private static final int MOST_QUOTED = 40;

  private final HostFiles files;
  private final Ruler ruler;

  RtcFiles(HostFiles files, Ruler ruler) {
    this.files = files;
    this.ruler = ruler;
  }

  /** The clocks of this machine, the one that sets the system clock first. */
  List<Device> devices() {
    List<Device> found = new ArrayList<>();
    for (int i = 0; i < MOST_DEVICES; i++) {
      String name = "rtc" + i;
      FileContent shown = files.read(file(name, "since_epoch"));
      if (shown.outcome() == Outcome.ABSENT) {
        continue;
      }
      boolean isSystem = text(name, "hctosys").equals("1");
      Device device = new Device(name, quoted(text(name, "name")), isSystem);
      found.add(isSystem ? 0 : found.size(), device);
    }
    return found;
  }

  private String text(String name, String file) {
    return files.read(file(name, file)).text().strip();
  }

  private static Path file(String name, String file) {
    return FOLDER.resolve(name).resolve(file);
  }

  /**
   * What reading a clock gave: one of the two.
   *
   * @param tick what it shows
   * @param trouble why there is none, for people
   * @param isInvalid whether the chip itself says that its time is worthless
   */
  record Reading(Optional<RtcTick> tick, String trouble, boolean isInvalid) {

    static Reading none(String trouble) {
      return new Reading(Optional.empty(), trouble, false);
    }

    /** The chip knows itself that its time is worthless. */
    static Reading invalid(String trouble) {
      return new Reading(Optional.empty(), trouble, true);
    }
  }

  /** Reads a clock once. */
  Reading read(Device device) {
    Path file = file(device.name(), "since_epoch");
    long beforeMonoNanos = ruler.monoNanos();
    FileContent content = files.read(file);
    long afterMonoNanos = ruler.monoNanos();
    String text = content.text().strip();
    return switch (content.outcome()) {
      case ABSENT, DENIED, FAILED -> Reading.none(content.detail());
      case INVALID -> Reading.invalid(content.detail());
      case READ, CUT -> {
        if (content.outcome() == Outcome.CUT || !NUMBER.matcher(text).matches()) {
          yield Reading.none(file + " holds no number but \"" + quoted(text) + "\"");
        }
        RtcTick tick = new RtcTick(Long.parseLong(text), beforeMonoNanos, afterMonoNanos);
        yield tick.isCountable()
            ? new Reading(Optional.of(tick), "", false)
            : Reading.invalid(file + " holds no time but " + text);
      }
    };
  }

  /**
   * How a host is set up to keep its clock.
   *
   * @param text why that is so, for people
   */
  record KeepingText(Keeping keeping, String text) {}

  /**
   * What {@code /etc/adjtime} says; its third line counts. Without one the clock is in UTC, as for
   * hwclock and systemd.
   */
  KeepingText keeping() {
    FileContent content = files.read(ADJTIME);
    return switch (content.outcome()) {
      case ABSENT -> new KeepingText(Keeping.UTC, ADJTIME + " does not exist, which means UTC");
      case DENIED, INVALID, FAILED -> new KeepingText(Keeping.UNKNOWN, content.detail());
      case CUT -> new KeepingText(Keeping.UNKNOWN, ADJTIME + " is far too long");
      case READ -> keeping(content.text());
    };
  }

  private static KeepingText keeping(String text) {
    List<String> lines = text.lines().toList();
    String third = lines.size() < 3 ? "" : lines.get(2).strip();
    return switch (third) {
      case "UTC" -> new KeepingText(Keeping.UTC, ADJTIME + " says UTC");
      case "LOCAL" -> new KeepingText(Keeping.LOCAL, ADJTIME + " says LOCAL");
      case "" -> new KeepingText(Keeping.UTC, ADJTIME + " has no third line, which means UTC");
      default ->
          new KeepingText(
              Keeping.UNKNOWN,
              ADJTIME + " says neither UTC nor LOCAL but \"" + quoted(third) + "\"");
    };
  }

  /** What the chip says of its battery. */
  enum ChipStatus {
    /** It has power. */
    OKAY,
    /** It lost power, or is about to. */
    DEAD,
    /** It says nothing, as many chips and all virtual ones that are not asked. */
    UNKNOWN
  }

  /** The chip's word on its battery. Only the first clock has one. */
  ChipStatus chip() {
    FileContent content = files.read(CHIP);
    Matcher line = CHIP_LINE.matcher(content.text());
    if (content.outcome() != Outcome.READ || !line.find()) {
      return ChipStatus.UNKNOWN;
    }
    return switch (line.group(1).toLowerCase(Locale.ROOT)) {
      case "okay" -> ChipStatus.OKAY;
      case "dead" -> ChipStatus.DEAD;
      default -> ChipStatus.UNKNOWN;
    };
  }

  private static String quoted(String text) {
    String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?").strip();
    return line.length() <= MOST_QUOTED ? line : line.substring(0, MOST_QUOTED) + "...";
  }
}
