package com.ibstream.clocksync.service.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChronyAnswersTest {

  /** As captured from chrony 4.3. */
  private static final String HEALTHY =
      "0A000202,10.0.2.2,2,1795351150.925544253,0.000045247,-0.000066418,0.001386254,3.547,-0.327,"
          + "11.950,0.000582882,0.000166243,8.1,Normal\n";

  /**
   * The captured line with another "System time". That it is positive for a slow clock was captured
   * too: 3596.49 while the clock was an hour behind.
   */
  @ParameterizedTest
  @CsvSource({
    "37.000045247, 37000045247",
    "-37.000045247, -37000045247",
    "-0.000000000, 0",
  })
  void shouldTakeASlowClockAsBehind(String systemTime, long offsetNanos) {
    ChronyTracking tracking = read(HEALTHY.replace("0.000045247", systemTime));

    assertThat(tracking.offsetNanos()).isEqualTo(offsetNanos);
  }

  @Test
  void shouldReadEveryFieldThatMatters() {
    assertThat(read(HEALTHY))
        .isEqualTo(
            new ChronyTracking(
                "0A000202",
                "10.0.2.2",
                2,
                1_795_351_150_925_544_253L,
                45_247,
                582_882,
                166_243,
                8_100_000_000L,
                true));
  }

  @Test
  void shouldLeaveFieldsOfLaterVersionsAlone() {
    assertThat(read(HEALTHY.strip() + ",0.5,new\n")).isEqualTo(read(HEALTHY));
  }

  @Test
  void shouldReadLeapSecondsAndNoSynchronisation() {
    assertThat(read(HEALTHY.replace("Normal", "Insert second")).isLeapKnown()).isTrue();
    assertThat(read(HEALTHY.replace("Normal", "Delete second")).isLeapKnown()).isTrue();
    assertThat(read(HEALTHY.replace("Normal", "Not synchronised")).isLeapKnown()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "506 Cannot talk to daemon",
        "0A000202,10.0.2.2,2,1795351150.925544253,0.000045247",
        "0A000202,10.0.2.2,2,1795351150.9,0.0,0.0,0.0,3.5,0.3,11.9,0.0,0.0,8.1,Norm",
        "0A000202,10.0.2.2,2,1795351150.9,0.0,0.0,0.0,3.5,0.3,11.9,0.0,0.0,8.1,Normale",
        "0A000202,10.0.2.2,2,1795351150.9,nan,0.0,0.0,3.5,0.3,11.9,0.0,0.0,8.1,Normal",
        "0A000202,10.0.2.2,2,1795351150.9,inf,0.0,0.0,3.5,0.3,11.9,0.0,0.0,8.1,Normal",
        "0A000202,10.0.2.2,2,1795351150.9,1e300,0.0,0.0,3.5,0.3,11.9,0.0,0.0,8.1,Normal",
        "0A000202,10.0.2.2,2,1795351150.9,99999999999,0.0,0.0,3.5,0.3,11.9,0.0,0.0,8.1,Normal",
        "0A000202,10.0.2.2,2,-5,0.0,0.0,0.0,3.5,0.3,11.9,0.0,0.0,8.1,Normal",
        "0A000202,10.0.2.2,77,1795351150.9,0.0,0.0,0.0,3.5,0.3,11.9,0.0,0.0,8.1,Normal",
        "0A000202,10.0.2.2,2,1795351150.9,٣.٠,0.0,0.0,3.5,0.3,11.9,0.0,0.0,8.1,Normal",
        "XYZ,10.0.2.2,2,1795351150.9,0.0,0.0,0.0,3.5,0.3,11.9,0.0,0.0,8.1,Normal",
        "0A000202;10.0.2.2;2;1795351150,9;0,0;0,0;0,0;3,5;0,3;11,9;0,0;0,0;8,1;Normal",
        "Referenz-ID     : 0A000202 (10.0.2.2)\nStratum : 2",
      })
  void shouldSayThatTrackingIsUnreadable(String text) {
    assertThat(ChronyTracking.parse(text).value()).isEmpty();
    assertThat(ChronyTracking.parse(text).trouble().orElseThrow().text()).contains("chronyc");
  }

  @Test
  void shouldRefuseTwoAnswersInOne() {
    assertThat(ChronyTracking.parse(HEALTHY + HEALTHY).value()).isEmpty();
  }

  @Test
  void shouldReadSourcesOfEveryKind() {
    ChronySources sources =
        ChronySources.parse(
                """
                ^,+,2001:db8::1,1,10,377,4,0.000277043,0.000292423,0.000557594
                #,*,PPS0,0,-2,17,1,-0.000038416,-0.000021975,0.001631640,more
                =,?,10.9.0.6,0,2,0,4294967295,0.000000000,0.000000000,0.000000000
                """)
            .value()
            .orElseThrow();

    assertThat(sources.sources()).hasSize(3);
    assertThat(sources.pollNanos("elsewhere")).hasValue(250_000_000L);
    assertThat(sources.areAllUnreachable()).isFalse();
    assertThat(sources.sources().get(0).pollNanos()).isEqualTo(1_024_000_000_000L);
    assertThat(sources.sources().get(0).reach()).isEqualTo(255);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "210 Number of sources = 1",
        "^,*,10.0.2.2,1,3,377,6,-0.000044189",
        "^,*,10.0.2.2,1,3,388,6,-0.000044189,-0.000110603,0.000292424",
        "^,*,10.0.2.2,1,99,377,6,-0.000044189,-0.000110603,0.000292424",
        "^,%,10.0.2.2,1,3,377,6,-0.000044189,-0.000110603,0.000292424",
        "^* 10.0.2.2   1   3   377     7    -44us[ -111us] +/-  292us",
      })
  void shouldSayThatSourcesAreUnreadable(String text) {
    assertThat(ChronySources.parse(text).value()).isEmpty();
    assertThat(ChronySources.parse(text).trouble()).isPresent();
  }

  private static ChronyTracking read(String text) {
    return ChronyTracking.parse(text).value().orElseThrow();
  }
}
