package com.ibstream.clocksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PropertiesFileTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("clock.properties");
  }

  @Test
  void shouldReadEveryEntryWithItsLineWhenSpelledInAnyWay() throws IOException {
    Files.writeString(
        file,
        """
        # a comment that ends in a backslash \\
        ! another
        clocksync.timeout=2s

          clocksync.tolerance : 10ms\t
        clocksync.servers = a,\\
            b,\\
            c
        clocksync.poll.min 64s
        clocksync.path=c:\\\\
        clocksync.poll.\\u006dax=100s
        clocksync.empty
        """);

    assertThat(PropertiesFile.read(file))
        .containsExactly(
            entry("clocksync.timeout", "2s", 3),
            entry("clocksync.tolerance", "10ms", 5),
            entry("clocksync.servers", "a,b,c", 6),
            entry("clocksync.poll.min", "64s", 9),
            entry("clocksync.path", "c:\\", 10),
            entry("clocksync.poll.max", "100s", 11),
            entry("clocksync.empty", "", 12));
  }

  @Test
  @Timeout(60)
  void shouldTakeNoTimeWhenAnEntryHasManyLines() throws IOException {
    Files.writeString(file, "a=b\\\n" + "\\\n".repeat(200_000) + "c\nd=e\n");

    assertThat(PropertiesFile.read(file))
        .containsExactly(entry("a", "bc", 1), entry("d", "e", 200_003));
  }

  @Test
  void shouldReadBothWhenAKeyComesTwice() throws IOException {
    Files.writeString(file, "a=1\r\na=2\r\n");

    assertThat(PropertiesFile.read(file)).containsExactly(entry("a", "1", 1), entry("a", "2", 2));
  }

  @Test
  void shouldReadNothingWhenEmptyAndIgnoreAByteOrderMark() throws IOException {
    Files.writeString(file, "");
    assertThat(PropertiesFile.read(file)).isEmpty();

    Files.writeString(file, "\uFEFFa=ü");
    assertThat(PropertiesFile.read(file)).containsExactly(entry("a", "ü", 1));
  }

  @Test
  void shouldEndTheEntryWhenTheFileEndsInABackslash() throws IOException {
    Files.writeString(file, "a=1\\");

    assertThat(PropertiesFile.read(file)).containsExactly(entry("a", "1", 1));
  }

  @Test
  void shouldNameTheLineWhenAnEscapeIsMalformed() throws IOException {
    Files.writeString(file, "a=1\nb=\\u00zz\n");

    assertThatThrownBy(() -> PropertiesFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in " + file + " line 2");
  }

  @Test
  void shouldNameTheFileWhenItCannotBeRead() throws IOException {
    assertThatThrownBy(() -> PropertiesFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(file.toString(), "no such file");
    assertThatThrownBy(() -> PropertiesFile.read(directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(directory.toString());

    Files.write(file, new byte[] {'a', '=', (byte) 0xff});
    assertThatThrownBy(() -> PropertiesFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(file.toString(), "UTF-8");
  }

  private Setting entry(String name, String value, int line) {
    return new Setting(name, value, "in " + file + " line " + line);
  }
}
