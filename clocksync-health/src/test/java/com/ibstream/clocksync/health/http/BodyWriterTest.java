package com.ibstream.clocksync.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyWriterTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_190, 8_191, 8_192, 8_193, 16_383, 20_000})
  void shouldSendWhatTheWholeTextWouldBe(int ahead) throws IOException {
    String text = "x".repeat(ahead) + "\uD83D\uDD52\u00e4\ud83d".repeat(3) + "\u20ac".repeat(ahead);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    BodyWriter.write(text, out);

    assertThat(out.toByteArray()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    assertThat(BodyWriter.length(text)).isEqualTo(out.size());
  }
}
