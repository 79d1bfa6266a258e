package com.ibstream.clocksync.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.RtcFacts.Device;
import com.ibstream.clocksync.facts.RtcFacts.Keeping;
import com.ibstream.clocksync.seam.HostFiles.FileContent;
import com.ibstream.clocksync.testing.FakeHostFiles;
import com.ibstream.clocksync.testing.FakeRuler;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are missing, forbidden or full of anything. */
class RtcFilesTest {

  private static final String FIRST = "/sys/class/rtc/rtc0/";
  private static final Device DEVICE = new Device("rtc0", "", true);

  private final FakeHostFiles files = new FakeHostFiles();
  private final RtcFiles rtc = new RtcFiles(files, new FakeRuler(0));

  private static FileContent denied(String path) {
    return new FileContent(FileContent.Outcome.DENIED, "", path + " may not be read");
  }

  @Test
  void shouldPutTheClockThatSetsTheSystemClockFirst() {
    files.file(FIRST + "since_epoch", "1\n").file(FIRST + "hctosys", "0\n");
    files
        .file("/sys/class/rtc/rtc2/since_epoch", "2\n")
        .file("/sys/class/rtc/rtc2/hctosys", "1\n")
        .file("/sys/class/rtc/rtc2/name", "ds3231\n");

    assertThat(rtc.devices())
        .containsExactly(new Device("rtc2", "ds3231", true), new Device("rtc0", "", false));
  }

  @Test
  void shouldKnowAClockThatMayNotBeRead() {
    files.file(FIRST + "since_epoch", denied(FIRST + "since_epoch"));

    assertThat(rtc.devices()).hasSize(1);
    RtcFiles.Reading reading = rtc.read(rtc.devices().get(0));
    assertThat(reading.tick()).isEmpty();
    assertThat(reading.trouble()).contains("may not be read");
    assertThat(RtcJudge.unreadable(reading).state().isBad()).isFalse();
  }

  @Test
  void shouldTellAChipWhoseTimeIsWorthless() {
    files.file(
        FIRST + "since_epoch",
        new FileContent(
            FileContent.Outcome.INVALID, "", FIRST + "since_epoch: Das Argument ist ungültig"));

    assertThat(RtcJudge.unreadable(rtc.read(DEVICE)).reason())
        .startsWith("the chip says that its time is worthless");
    assertThat(RtcJudge.unreadable(rtc.read(DEVICE)).state().isBad()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "soon",
        "12:30:01",
        "1e9",
        "0x5f",
        "1795352068.5",
        "99999999999999999999"
      })
  void shouldRefuseWhatIsNoNumber(String text) {
    files.file(FIRST + "since_epoch", text);

    assertThat(rtc.read(DEVICE).tick()).isEmpty();
    assertThat(rtc.read(DEVICE).trouble()).contains("holds no number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999999999999", "-999999999999999999", "99999999999"})
  void shouldRefuseANumberThatIsNoTime(String text) {
    files.file(FIRST + "since_epoch", text + "\n");

    assertThat(rtc.read(DEVICE).trouble()).contains("holds no time");
    assertThat(rtc.read(DEVICE).isInvalid()).as("the chip's date is worthless").isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'0.0 0 0.0\\n0\\nUTC\\n', UTC",
    "'0.0 0 0.0\\n0\\nLOCAL', LOCAL",
    "'-0.012 1795352124 0.000000\\n1795352124\\n  LOCAL  \\n', LOCAL",
    "'0.0 0 0.0\\r\\n0\\r\\nLOCAL\\r\\n', LOCAL",
    "'0.0 0 0.0\\n0\\n', UTC",
    "'0.0 0 0.0', UTC",
    "'', UTC",
    "'a\\nb\\nlocal\\n', UNKNOWN",
    "'a\\nb\\nUTC+1\\nUTC', UNKNOWN",
    "'\\n\\n\\0\\1', UNKNOWN"
  })
  void shouldReadHowTheClockIsKept(String text, Keeping keeping) {
    files.file("/etc/adjtime", text.translateEscapes());

    assertThat(rtc.keeping().keeping()).isEqualTo(keeping);
    assertThat(rtc.keeping().text()).isNotEmpty();
  }

  @Test
  void shouldNotGuessHowAClockIsKeptIfTheFileMayNotBeRead() {
    assertThat(rtc.keeping().text()).contains("does not exist, which means UTC");
    files.file("/etc/adjtime", denied("/etc/adjtime"));
    assertThat(rtc.keeping().keeping()).isEqualTo(Keeping.UNKNOWN);
    files.file("/etc/adjtime", new FileContent(FileContent.Outcome.CUT, "x", ""));
    assertThat(rtc.keeping().keeping()).isEqualTo(Keeping.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "'rtc_time\\t: 12:54:25\\nbatt_status\\t: okay\\n', OKAY",
    "'batt_status\\t: dead\\n', DEAD",
    "'batt_status: DEAD', DEAD",
    "'batt_status\\t: \\n', UNKNOWN",
    "'batt_status\\t: maybe\\n', UNKNOWN",
    "'my_batt_status\\t: dead\\n', UNKNOWN",
    "'', UNKNOWN"
  })
  void shouldTakeTheChipsWord(String text, RtcFiles.ChipStatus status) {
    files.file("/proc/driver/rtc", text.translateEscapes());

    assertThat(rtc.chip()).isEqualTo(status);
  }

  @Test
  void shouldKnowNothingOfAChipThatMayNotBeAsked() {
    files.file("/proc/driver/rtc", denied("/proc/driver/rtc"));

    assertThat(rtc.chip()).isEqualTo(RtcFiles.ChipStatus.UNKNOWN);
  }

  @Test
  void shouldBearAnyText() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 500; i++) {
      String text = anyText(random);
      FakeHostFiles any = new FakeHostFiles();
      any.file(FIRST + "since_epoch", text)
          .file(FIRST + "name", text)
          .file(FIRST + "hctosys", text)
          .file("/etc/adjtime", text)
          .file("/proc/driver/rtc", text);
      RtcFiles reader = new RtcFiles(any, new FakeRuler(0));

      assertThat(reader.devices()).hasSize(1);
      assertThat(reader.read(reader.devices().get(0))).isNotNull();
      assertThat(reader.keeping().text()).doesNotContainPattern("[\\x00-\\x1f]");
      assertThat(reader.chip()).isNotNull();
    }
  }

  /** Of digits, words that are looked for, line ends and anything. */
  static String anyText(SplittableRandom random) {
    String[] parts = {"batt_status", ":", "\n", "\r", "UTC", "LOCAL", "\t", "17953", "-", "\0"};
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(30);
    for (int i = 0; i < length; i++) {
      if (random.nextBoolean()) {
        text.append(parts[random.nextInt(parts.length)]);
      } else {
        text.append((char) random.nextInt(0x3000));
      }
    }
    return text.toString();
  }
}
