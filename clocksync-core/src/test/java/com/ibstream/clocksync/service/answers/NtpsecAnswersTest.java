package com.ibstream.clocksync.service.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.service.answers.NtpsecPeers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NtpsecAnswersTest {

  private static final String HEADER =
      """
           remote           refid      st t when poll reach   delay   offset   jitter
      =======================================================================
      """;

  private static final String VARIABLES =
      """
      associd=0 status=0018 leap_none, sync_unspec, 1 event, no_sys_peer,
      leap=00, stratum=2, precision=-18, rootdelay=0.836, rootdisp=1.195,
      refid=10.0.2.2, reftime=eead606b.4b41387d 2026-11-22T12:36:59.293Z, tc=3,
      peer=17767, offset=-0.094485, frequency=1.613968, sys_jitter=0.0,
      clk_jitter=0.269366, clock=eead6079.2abd2dea 2026-11-22T12:37:13.166Z,
      processor="x86_64", system="Linux/6.1.0-56-amd64",
      version="ntpd ntpsec-1.2.2, leap=11", clk_wander=0.338416, tai=37
      """;

  /**
   * The captured row with another offset. That it is positive for a slow clock was captured too:
   * 3600018 while the clock was an hour behind.
   */
  @ParameterizedTest
  @CsvSource({"37000.09, 37000090000", "-37000.1, -37000100000", " 3600018, 3600018000000"})
  void shouldTakeAServerThatIsAheadAsOurClockBehind(String offset, long nanos) {
    Peer peer =
        peer(
            "*10.0.2.2        ....             1 u    2    8  377   0.8365 "
                + offset
                + "   1.0430");

    assertThat(peer.offsetNanos()).hasValue(nanos);
  }

  @Test
  void shouldReadTheOlderProgramsTable() {
    NtpsecPeers peers =
        read(
            """
             0.debian.pool.n .POOL.          16 p    -   64    0    0.000   +0.000   0.000
            *SHM(1)          .PPS.            0 l   12   16  377    0.000   +0.001   0.002
            o127.127.22.0    .PPS.            0 l    9   16  377    0.000   -0.001   0.001
            +2001:db8:1:2:3: 131.188.3.222    2 u  12m  17m  377    1.234   -0.567   0.089
             LOCAL(0)        .LOCL.          10 l  10d   64    0    0.000    0.000   0.000
            """);

    assertThat(peers.peers()).hasSize(5);
    assertThat(peers.selected().orElseThrow().remote()).isEqualTo("SHM(1)");
    assertThat(peers.peers().get(3).sinceNanos()).hasValue(720_000_000_000L);
    assertThat(peers.peers().get(3).pollNanos()).isEqualTo(1_020_000_000_000L);
    assertThat(peers.peers().get(4).sinceNanos()).hasValue(864_000_000_000_000L);
    assertThat(peers.peers().get(0).sinceNanos()).isEmpty();
  }

  @Test
  void shouldReadColumnsThatRanIntoEachOther() {
    Peer peer =
        peer(" 10.0.2.2        ....             1 u    2    8   17   0.80963600018.41360698");

    assertThat(peer.offsetNanos()).isEmpty();
    assertThat(peer.reach()).isEqualTo(15);
    Peer negative =
        peer(" 10.0.2.2        ....             1 u    2    8   17   0.8096-3600018  1360698");
    assertThat(negative.offsetNanos()).hasValue(-3_600_018_000_000L);
  }

  @Test
  void shouldJoinALongNameWithItsRow() {
    Peer peer =
        peer(
            "*2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff\n"
                + "                 .GPS.            1 u    2    8  377   0.8365  -0.0945   1.0430");

    assertThat(peer.remote()).isEqualTo("2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff");
    assertThat(peer.tally()).isEqualTo('*');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 10.0.2.2",
        "*10.0.2.2        ....             1 u    2    8  377",
        "*10.0.2.2        ....             1 u    2    8  377   0.8365  -0.0",
        "*10.0.2.2        ....             1 u    2    8  999   0.8365  -0.0945   1.0430",
        "*10.0.2.2        ....            99 u    2    8  377   0.8365  -0.0945   1.0430",
        "*10.0.2.2        ....             1 u    2    8  377   0,8365  -0,0945   1,0430",
        "*10.0.2.2        ....             1 u    2    8  377      nan      nan      nan",
        "*10.0.2.2        ....             1 u    2 9999999999 377 0.8365  -0.0945   1.0430",
        "é10.0.2.2        ....             1 u    2    8  377   0.8365  -0.0945   1.0430",
      })
  void shouldSayThatATableIsUnreadable(String row) {
    assertThat(NtpsecPeers.parse(HEADER + row).value()).isEmpty();
    assertThat(NtpsecPeers.parse(HEADER + row).trouble().orElseThrow().text()).contains("ntpq -p");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ntpq: read: Connection refused", "     Gegenstelle   refid  st\n===="})
  void shouldSayThatThereIsNoTable(String text) {
    assertThat(NtpsecPeers.parse(text).value()).isEmpty();
  }

  @Test
  void shouldReadVariablesByNameAndNotInQuotes() {
    NtpsecVariables variables = NtpsecVariables.parse(VARIABLES).value().orElseThrow();

    assertThat(variables.leap()).isZero();
    assertThat(variables.stratum()).isEqualTo(2);
    assertThat(variables.referenceId()).isEqualTo("10.0.2.2");
    assertThat(variables.offsetNanos()).isEqualTo(-94_485);
    assertThat(variables.errorBoundNanos()).isEqualTo(1_613_000);
    // ...6079.2abd2dea - ...606b.4b41387d
    assertThat(variables.referenceAgeNanos().orElseThrow())
        .isBetween(13_872_000_000L, 13_874_000_000L);
  }

  @ParameterizedTest
  @CsvSource({"37000.5, 37000500000", "-37000.5, -37000500000", "-4.5e-05, -45"})
  void shouldTakeTheSignOfTheVariable(String offset, long nanos) {
    String text = VARIABLES.replace("-0.094485", offset);

    assertThat(NtpsecVariables.parse(text).value().orElseThrow().offsetNanos()).isEqualTo(nanos);
  }

  @Test
  void shouldReadTheOlderProgramsVariables() {
    String text =
        """
        associd=0 status=0615 leap_none, sync_ntp, 1 event, clock_sync,
        version="ntpd 4.2.8p15@1.3728-o Wed Sep 23 11:46:38 UTC 2020 (1)",
        processor="x86_64", system="Linux/5.10.0", leap=01, stratum=3,
        precision=-24, rootdelay=12.345, rootdisp=30.001, refid=192.0.2.1,
        reftime=e5f0c3d2.00000000  Mon, Apr  4 2022 10:12:18.000,
        clock=e5f0c3e2.80000000  Mon, Apr  4 2022 10:12:34.500, peer=1234, tc=6,
        mintc=3, offset=0.123, frequency=-1.234, sys_jitter=0.100
        """;

    NtpsecVariables variables = NtpsecVariables.parse(text).value().orElseThrow();

    assertThat(variables.leap()).isEqualTo(1);
    assertThat(variables.referenceId()).isEqualTo("192.0.2.1");
    assertThat(variables.referenceAgeNanos()).hasValue(16_500_000_000L);
    assertThat(variables.offsetNanos()).isEqualTo(123_000);
  }

  @Test
  void shouldCountTheAgeAcrossTheEndOfAnEra() {
    String text =
        VARIABLES.replace("eead606b.4b41387d", "fffffffe.00000000").replace("eead6079", "00000005");

    assertThat(NtpsecVariables.parse(text).value().orElseThrow().referenceAgeNanos().orElseThrow())
        .isBetween(7_160_000_000L, 7_170_000_000L);
  }

  @Test
  void shouldGiveANegativeAgeAfterAStepBack() {
    String text = VARIABLES.replace("eead6079", "eead5269");

    assertThat(NtpsecVariables.parse(text).value().orElseThrow().referenceAgeNanos().orElseThrow())
        .isNegative();
  }

  @ParameterizedTest
  @CsvSource({
    "leap=00, leap=22",
    "leap=00, lap=00",
    "stratum=2, stratum=222",
    "refid=10.0.2.2, refid=",
    "eead6079.2abd2dea, eead6079.2abd",
    "offset=-0.094485, offset=nan",
    "offset=-0.094485, offset=1e999",
    "rootdisp=1.195, rootdisp=99999999999999999999",
  })
  void shouldSayThatVariablesAreUnreadable(String part, String instead) {
    Answer<NtpsecVariables> answer = NtpsecVariables.parse(VARIABLES.replace(part, instead));

    assertThat(answer.value()).isEmpty();
    assertThat(answer.trouble().orElseThrow().text()).contains("ntpq -c rv");
  }

  private static NtpsecPeers read(String rows) {
    return NtpsecPeers.parse(HEADER + rows).value().orElseThrow();
  }

  private static Peer peer(String row) {
    return read(row + "\n").peers().get(0);
  }
}
