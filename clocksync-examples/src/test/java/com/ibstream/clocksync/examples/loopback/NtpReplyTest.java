package com.ibstream.clocksync.examples.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtpReplyTest {

  private static final long EPOCH_NANOS = 1_754_010_291_500_000_000L;
  private static final long COOKIE = 0x0123_4567_89ab_cdefL;

  private static byte[] request(int firstByte) {
    return ByteBuffer.allocate(NtpReply.HEADER_BYTES)
        .put(0, (byte) firstByte)
        .putLong(40, COOKIE)
        .array();
  }

  @ParameterizedTest
  @CsvSource({
    "0x23, true",
    "0x1b, true",
    "0x24, false",
    "0x13, false",
    "0x00, false",
    "0xe3, true"
  })
  void shouldAnswerOnlyClientsOfVersionThreeAndFourWhenAsked(String firstByte, boolean isRequest) {
    byte[] bytes = request(Integer.decode(firstByte));

    assertThat(NtpReply.isRequest(bytes, bytes.length)).isEqualTo(isRequest);
  }

  @Test
  void shouldNotAnswerWhenTheRequestIsShort() {
    assertThat(NtpReply.isRequest(request(0x23), NtpReply.HEADER_BYTES - 1)).isFalse();
  }

  @Test
  void shouldReturnTheCookieAndBothStampsWhenAsked() {
    byte[] unsent = NtpReply.answer(request(0x23), "GPS", EPOCH_NANOS);
    ByteBuffer reply = ByteBuffer.wrap(NtpReply.transmittedAt(EPOCH_NANOS + 1_000, unsent));

    assertThat(reply.get(0)).isEqualTo((byte) 0x24);
    assertThat(reply.get(1)).isEqualTo((byte) 1);
    assertThat(Arrays.copyOfRange(reply.array(), 12, 16)).containsExactly('G', 'P', 'S', 0);
    assertThat(reply.getLong(24)).isEqualTo(COOKIE);
    assertThat(reply.getLong(32)).isEqualTo(NtpReply.timestamp(EPOCH_NANOS));
    assertThat(reply.getLong(40)).isEqualTo(NtpReply.timestamp(EPOCH_NANOS + 1_000));
    assertThat(reply.getLong(16)).as("reference time lies before").isLessThan(reply.getLong(32));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0x83aa7e8000000000", // 1970
    "1500000000, 0x83aa7e8180000000",
    "2085978495999999999, 0xfffffffffffffffb", // the last instant of era 0
    "2085978496000000000, 0x0000000000000000", // 2036-02-07, era 1
    "-1, 0x83aa7e7ffffffffb"
  })
  void shouldCountSecondsSince1900WhenAnInstantIsWritten(long epochNanos, String timestamp) {
    assertThat(NtpReply.timestamp(epochNanos))
        .isEqualTo(Long.parseUnsignedLong(timestamp.substring(2), 16));
  }
}
