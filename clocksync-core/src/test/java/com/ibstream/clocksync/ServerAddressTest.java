package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "time.google.com, time.google.com, 123, time.google.com",
    "Time.Google.COM:123, time.google.com, 123, time.google.com",
    "time.google.com:1123, time.google.com, 1123, time.google.com:1123",
    "' a ', a, 123, a",
    "a:1, a, 1, a:1",
    "a:00123, a, 123, a",
    "a:65535, a, 65535, a:65535",
    "a_b-c.example., a_b-c.example., 123, a_b-c.example.",
    "3com.example, 3com.example, 123, 3com.example",
    "127.0.0.1, 127.0.0.1, 123, 127.0.0.1",
    "127.0.0.1:1123, 127.0.0.1, 1123, 127.0.0.1:1123",
    "::1, ::1, 123, ::1",
    "[::1], ::1, 123, ::1",
    "[::1]:123, ::1, 123, ::1",
    "[::1]:1123, ::1, 1123, [::1]:1123",
    "[0:0:0:0:0:0:0:1]:1123, ::1, 1123, [::1]:1123",
    "2001:DB8::000A, 2001:db8::a, 123, 2001:db8::a",
    "::1:123, ::1:123, 123, ::1:123",
    "[fe80::1%Eth0.7]:1123, fe80::1%Eth0.7, 1123, [fe80::1%Eth0.7]:1123",
    "::ffff:10.0.0.1, 10.0.0.1, 123, 10.0.0.1",
  })
  void shouldReadHostAndPortWhenTheTextIsAServer(
      String text, String host, int port, String normal) {
    ServerAddress address = ServerAddress.parse(text);

    assertThat(address.host()).isEqualTo(host);
    assertThat(address.port()).isEqualTo(port);
    assertThat(address).hasToString(normal);
    assertThat(ServerAddress.parse(normal)).isEqualTo(address);
    assertThat(new ServerAddress(host, port)).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "'', host is empty",
    "' ', host is empty",
    ":123, host is empty",
    "a:, port",
    "a:0, port",
    "a:65536, port",
    "a:99999999999, port",
    "a:-1, port",
    "a:+1, port",
    "a:12x, port",
    "a: 123, port",
    "ntp://a, port",
    "[::1, brackets",
    "::1], brackets",
    "[::1]123, brackets",
    "::1]:123, brackets",
    "[[::1]], no IPv6 address",
    "[], brackets",
    "[]:123, brackets",
    "[a]:123, brackets",
    "[127.0.0.1]:123, brackets",
    "[::1]:, port",
    "[::1]:0, port",
    ":::, no IPv6 address",
    "1:2, no IPv4 address",
    "g::1, no IPv6 address",
    "::1%, no IPv6 address",
    "::1%a b, no IPv6 address",
    "256.1.1.1, no IPv4 address",
    "1.2.3, no IPv4 address",
    "a.1, no IPv4 address",
    "12345, no IPv4 address",
    "a b, neither a host name",
    "a/b, neither a host name",
    "-a, neither a host name",
    "a-, neither a host name",
    "a..b, neither a host name",
    ".a, neither a host name",
    "a@b, neither a host name",
    "a[b, neither a host name",
    "zeit.\u00e4.example, neither a host name",
  })
  void shouldNameTextAndFaultWhenItIsNoServer(String text, String fault) {
    assertThatThrownBy(() -> ServerAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("server \"" + text + "\": ")
        .hasMessageContaining(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFF11\uFF19\uFF12.0.2.1", // digits of another script
        "\u0661.0.0.1",
        "\u212Aerberos.example", // the Kelvin sign, whose lower case is an ASCII k
        "2001:db8::\uFF11",
        "::ffff:192.0.2.1%eth0" // an IPv4 address, which has no zones
      })
  void shouldRefuseWhatOnlyLooksLikeAServer(String text) {
    assertThatThrownBy(() -> ServerAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {62, 63})
  void shouldAllowALabelWhenItIsNotTooLong(int length) {
    assertThat(ServerAddress.parse("a".repeat(length) + ".b").port()).isEqualTo(123);
  }

  @Test
  void shouldRefuseANameWhenItIsTooLong() {
    String longest = "a.".repeat(126) + "b";

    assertThat(ServerAddress.parse(longest).host()).hasSize(253);
    assertThatThrownBy(() -> ServerAddress.parse(longest + "b"))
        .hasMessageContaining("neither a host name");
    assertThatThrownBy(() -> ServerAddress.parse("a".repeat(64)))
        .hasMessageContaining("neither a host name");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65_536, Integer.MAX_VALUE})
  void shouldNameThePortWhenItIsOutOfRange(int port) {
    assertThatThrownBy(() -> new ServerAddress("a", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Integer.toString(port));
  }

  @Test
  void shouldRefuseBracketsWhenConstructedFromParts() {
    assertThatThrownBy(() -> new ServerAddress("[::1]", 123))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
