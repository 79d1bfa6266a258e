package com.ibstream.clocksync.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.BatteryFacts.PowerOff;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Rate;
import com.ibstream.clocksync.rtc.RtcMemory.Known;
import com.ibstream.clocksync.testing.FakeHostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of the hardware clock on disk. */
class RtcFileTest {

  private static final String BOOT = "11111111-2222-3333-4444-555555555555";
  private static final Known KNOWN =
      new Known(
          BOOT,
          1_795_000_000_000_000_000L,
          new Difference(-12_345_678L, 1_000_000L),
          Optional.of(new Rate(-17.25, 0.5, 3_600_000_000_000L, 31, 5)),
          List.of(new PowerOff(1, 2, 3, 4, false, true), new PowerOff(5, 6, 0, 0, true, false)));

  private final FakeHostFiles files =
      new FakeHostFiles().file("/proc/sys/kernel/random/boot_id", BOOT + "\n");
  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("state/hardware-clock.json");
  }

  private RtcFile memory(boolean isMade) {
    return new RtcFile(directory.resolve("state"), files, isMade);
  }

  @Test
  void shouldRememberEverythingAsItWas() {
    assertThat(memory(true).remember(KNOWN)).isEmpty();

    assertThat(memory(false).recall().known()).contains(KNOWN);
    assertThat(memory(false).recall().boot()).contains(BOOT);
    assertThat(memory(false).recall().trouble()).isEmpty();
  }

  @Test
  void shouldMakeNoDirectoryForWhoeverOnlyObserves() {
    assertThat(memory(false).recall().trouble()).contains("does not exist");
    assertThat(memory(false).remember(KNOWN).orElseThrow()).contains("does not exist");
    assertThat(directory.resolve("state")).doesNotExist();
    assertThat(memory(true).recall().trouble()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"format\":2}",
        "{\"format\":1,\"boot\":\"x\"}",
        "{\"format\":1,\"boot\":\"x\",\"utc_ns\":1.5,\"offset_ns\":0,\"offset_bound_ns\":0,"
            + "\"power_offs\":[]}",
        "{\"format\":1,\"boot\":\"x\",\"utc_ns\":1,\"offset_ns\":0,\"offset_bound_ns\":0,"
            + "\"power_offs\":[{}]}",
        "{\"format\":1,\"boot\":\"x\",\"utc_ns\":1,\"offset_ns\":0,\"offset_bound_ns\":0,"
            + "\"rate\":{\"drift_ppm\":\"NaN\"},\"power_offs\":[]}",
        "{\"format\":1,\"boot\":\"x\",\"utc_ns\":1,\"offset_ns\":0,\"offset_bound_ns\":0,"
            + "\"rate\":{\"drift_ppm\":1,\"error_ppm\":1,\"span_ns\":1,"
            + "\"observations\":3000000000,\"writes\":0},\"power_offs\":[]}",
        "{\"format\":1,\"boot\":\"x\",\"utc_ns\":1,\"offset_ns\":0,\"offset_bound_ns\":0,"
            + "\"rate\":{\"drift_ppm\":1e300,\"error_ppm\":1,\"span_ns\":1,"
            + "\"observations\":3,\"writes\":0},\"power_offs\":[]}",
        "{\"format\":1,\"boot\":\"x\",\"utc_ns\":1,\"offset_ns\":-9223372036854775808,"
            + "\"offset_bound_ns\":0,\"power_offs\":[]}",
        "{\"format\":1,\"boot\":\"x\",\"utc_ns\":1,\"offset_ns\":0,\"offset_bound_ns\":0,"
            + "\"power_offs\":[{\"start_ns\":1,\"end_ns\":2,\"drift_ns\":0,\"bound_ns\":0,"
            + "\"reset\":\"yes\"}]}",
        "{\"format\":1,\"boot\":\"x\",\"utc_ns\":1,\"offset_ns\":0,\"offset_bound_ns\":0,"
            + "\"power_offs\":[{\"start_ns\":3,\"end_ns\":2,\"drift_ns\":0,\"bound_ns\":0,"
            + "\"reset\":false}]}",
        "{\"format\":1,\"boot\":\"x\",\"utc_ns\":1,\"offset_ns\":0,\"offset_bound_ns\":0,"
            + "\"power_offs\":[{\"start_ns\":1,\"end_ns\":2,"
            + "\"drift_ns\":-9223372036854775808,\"bound_ns\":0,\"reset\":false}]}"
      })
  void shouldSayThatItDoesNotUnderstandAFile(String text) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);

    assertThat(memory(true).recall().known()).isEmpty();
    assertThat(memory(true).recall().trouble()).contains("hardware-clock.json");
    assertThat(Files.readString(file())).isEqualTo(text);
  }

  @Test
  void shouldRefuseHalfAFile() throws IOException {
    String text = RtcFile.text(KNOWN);
    Files.createDirectories(file().getParent());
    for (int i = 0; i < text.length() - 2; i++) {
      Files.writeString(file(), text.substring(0, i));
      assertThat(memory(true).recall().known()).as("cut at %d", i).isEmpty();
    }
  }

  @Test
  void shouldNotRememberWithoutKnowingTheBoot() {
    RtcFile memory = new RtcFile(directory, new FakeHostFiles(), true);

    assertThat(memory.recall().boot()).isEmpty();
    assertThat(memory.recall().trouble()).contains("this boot");
  }
}
