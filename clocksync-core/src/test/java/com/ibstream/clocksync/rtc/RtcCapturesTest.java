package com.ibstream.clocksync.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.RtcFacts.Comparison;
import com.ibstream.clocksync.facts.RtcFacts.Device;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Keeping;
import com.ibstream.clocksync.facts.RtcFacts.State;
import com.ibstream.clocksync.rtc.OffsetCauses.Cause;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.testing.FakeHostFiles;
import com.ibstream.clocksync.testing.FakeRuler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real machines told of their hardware clocks, in Berlin in winter. */
class RtcCapturesTest {

  private static final Path FOLDER = Path.of("src/test/resources/rtc-captures");
  private static final long SECOND = 1_000_000_000L;
  private static final Difference HOUR_AHEAD = new Difference(-3_600 * SECOND, 0);

  private final FakeHostFiles files = new FakeHostFiles();
  private final RtcFiles rtc = new RtcFiles(files, new FakeRuler(0));

  private static String text(String capture, String file) throws IOException {
    return Files.readString(FOLDER.resolve(capture).resolve(file));
  }

  /** Empty captures are those of files that did not exist. */
  private void put(String path, String text) {
    if (!text.isEmpty()) {
      files.file(path, text);
    }
  }

  private void load(String capture) throws IOException {
    String name = "/sys/class/rtc/rtc0/";
    put(name + "since_epoch", text(capture, "sys-rtc0-since_epoch.txt"));
    List<String> lines = text(capture, "sys-rtc0-date-time.txt").lines().toList();
    if (!lines.isEmpty()) {
      put(name + "name", lines.get(2) + "\n");
      put(name + "hctosys", lines.get(3) + "\n");
    }
    put("/etc/adjtime", text(capture, "adjtime.txt"));
    put("/proc/driver/rtc", text(capture, "proc-driver-rtc.txt"));
  }

  @ParameterizedTest
  @CsvSource({
    "localtime-adjtime-says-local-1-as-booted, LOCAL, LOCAL_TIME",
    "localtime-adjtime-says-local-2-after-ntp-sync, LOCAL, LOCAL_TIME",
    "localtime-adjtime-says-local-3-after-systohc, LOCAL, LOCAL_TIME",
    "localtime-adjtime-says-utc-1-as-booted, UTC, LOCAL_TIME",
    "localtime-adjtime-says-utc-2-after-ntp-sync, UTC, LOCAL_TIME",
    "localtime-adjtime-says-utc-3-after-systohc, UTC, GOOD",
    "rtc-kept-in-localtime-on-purpose, LOCAL, LOCAL_TIME",
    "utc-1-as-booted, UTC, GOOD",
    "utc-2-after-ntp-sync, UTC, GOOD",
    "utc-3-after-systohc, UTC, GOOD",
    "utc-adjtime-missing-1-as-booted, UTC, GOOD",
    "utc-adjtime-missing-2-after-ntp-sync, UTC, GOOD",
    "utc-adjtime-missing-3-after-systohc, UTC, GOOD",
    "utc-adjtime-says-local-1-as-booted, LOCAL, LOCAL_TIME",
    "utc-adjtime-says-local-2-after-ntp-sync, LOCAL, LOCAL_TIME",
    "utc-adjtime-says-local-3-after-systohc, LOCAL, LOCAL_TIME",
    "year2000-1-as-booted, UTC, WRONG",
    "year2000-2-after-ntp-sync, UTC, WRONG",
    "year2000-3-after-systohc, UTC, GOOD"
  })
  void shouldNameEveryMachine(String capture, Keeping keeping, State state) throws IOException {
    load(capture);
    List<Device> devices = rtc.devices();
    RtcTick tick = rtc.read(devices.get(0)).tick().orElseThrow();

    assertThat(devices).containsExactly(new Device("rtc0", "rtc_cmos 00:03", true));
    assertThat(rtc.keeping().keeping()).isEqualTo(keeping);
    assertThat(rtc.chip()).isEqualTo(RtcFiles.ChipStatus.OKAY);
    assertThat(judged(capture, tick).state()).isEqualTo(state);
  }

  /** The commands of a capture were run within some seconds of each other. */
  private RtcJudge.Verdict judged(String capture, RtcTick tick) throws IOException {
    String date = text(capture, "date.txt");
    long utcSeconds = Long.parseLong(date.substring(0, date.indexOf('.')));
    Difference offset = new Difference((utcSeconds - tick.epochSeconds()) * SECOND, 8 * SECOND);
    boolean isHourAhead = Math.abs(offset.nanos() - HOUR_AHEAD.nanos()) < 10 * SECOND;
    List<Cause> causes = isHourAhead ? List.of(new Cause(true, "local time")) : List.of();
    Comparison comparison =
        new Comparison(0, tick.epochSeconds() * SECOND, Optional.of(offset), offset);
    return new RtcJudge(20 * SECOND).judge(comparison, new Behaviour(), rtc.keeping(), causes);
  }

  @Test
  void shouldSeeNoClockWhereThereIsNoDriver() throws IOException {
    load("no-rtc-driver");

    assertThat(rtc.devices()).isEmpty();
    assertThat(rtc.chip()).isEqualTo(RtcFiles.ChipStatus.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "Timezone=Europe/Berlin\\nLocalRTC=yes, Europe/Berlin, true",
    "LocalRTC=no\\nTimezone=America/New_York, America/New_York, false",
    "Timezone=Nowhere/Atall\\nLocalRTC=perhaps, Etc/UTC, ",
    "'', Etc/UTC, "
  })
  void shouldTakeZoneAndKeepingFromSystemd(String said, String zone, Boolean isLocal) {
    files.file("/etc/timezone", "Etc/UTC\n");
    HostZoneAnswer answer =
        HostZoneAnswer.ask(
            (command, limit) ->
                new CommandResult(CommandResult.Outcome.EXITED, 0, said.replace("\\n", "\n"), ""),
            files);

    assertThat(answer.zone().orElseThrow().getId()).isEqualTo(zone);
    assertThat(answer.isRtcLocal()).isEqualTo(Optional.ofNullable(isLocal));
  }
}
