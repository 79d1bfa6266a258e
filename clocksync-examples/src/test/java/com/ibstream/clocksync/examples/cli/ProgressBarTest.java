package com.ibstream.clocksync.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {

  private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(drawn, true, StandardCharsets.UTF_8);

  @TempDir private Path directory;

  @Test
  void shouldDrawOnceAndWipeAwayWhenThereIsATerminal() {
    try (ProgressBar bar = new ProgressBar(Optional.of(terminal))) {
      bar.update(2, 4);
      bar.update(2, 4);
    }

    String bar = "[" + "#".repeat(20) + " ".repeat(20) + "] 2/4 samples";
    assertThat(drawn.toString(StandardCharsets.UTF_8))
        .isEqualTo("\r" + bar + "\r" + " ".repeat(bar.length()) + "\r");
  }

  @Test
  void shouldDrawNothingWhenThereIsNothingToDo() {
    try (ProgressBar bar = new ProgressBar(Optional.of(terminal))) {
      bar.update(0, 0);
    }

    assertThat(drawn.size()).isZero();
  }

  @Test
  void shouldDrawNothingWhenThereIsNoTerminal() {
    try (ProgressBar bar = new ProgressBar(Optional.empty())) {
      bar.update(1, 4);
    }

    assertThat(drawn.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/pts/3, true",
    "/dev/tty1, true",
    "/dev/console, true",
    "/dev/null, false",
    "pipe:[77], false"
  })
  void shouldKnowATerminalByWhereTheDescriptorLeads(String target, boolean isTerminal)
      throws IOException {
    Path descriptor = Files.createSymbolicLink(directory.resolve("2"), Path.of(target));

    assertThat(ProgressBar.leadsToTerminal(descriptor)).isEqualTo(isTerminal);
  }

  @Test
  void shouldSeeNoTerminalWhenTheDescriptorIsClosed() {
    assertThat(ProgressBar.leadsToTerminal(directory.resolve("absent"))).isFalse();
  }
}
