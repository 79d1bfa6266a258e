package com.ibstream.clocksync.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceIdTest {

  @ParameterizedTest
  @CsvSource({
    "0x47505300,1,GPS",
    "0x44454E59,0,DENY",
    "0x7F7F0101,1,127.127.1.1",
    "0xC0000201,2,192.0.2.1",
    "0x41424344,3,65.66.67.68",
    "0x4C4F434C,11,LOCL",
    "0,1,0.0.0.0",
    "0x00000001,1,0.0.0.1"
  })
  void shouldShowANameOrAnAddress(String hex, int stratum, String expected) {
    assertThat(ReferenceId.text(Long.decode(hex).intValue(), stratum)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0x7F7F0100,true",
    "0x7F7F01FF,true",
    "0x7F7F0200,false",
    "0x7F7F0000,false",
    "0x4C4F434C,true"
  })
  void shouldKnowAServersOwnClock(String hex, boolean expected) {
    assertThat(ReferenceId.isLocalClock(Long.decode(hex).intValue())).isEqualTo(expected);
  }

  @Test
  void shouldHashIpv6AddressesAsTheStandardSays() {
    // MD5 of the 16 bytes of 2001:db8::1, first four bytes
    int id = ReferenceId.of(InetAddresses.forString("2001:db8::1"));

    assertThat(id).isNotEqualTo(ReferenceId.of(InetAddresses.forString("2001:db8::2")));
    assertThat(ReferenceId.of(InetAddresses.forString("192.0.2.1"))).isEqualTo(0xC0000201);
  }
}
