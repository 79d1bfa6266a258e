package com.ibstream.clocksync.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.DriftClass;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.HostStatus;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthMappingTest {

  @ParameterizedTest
  @CsvSource({
    "0, HEALTHY, EXCELLENT",
    "999999, HEALTHY, EXCELLENT",
    "1000000, HEALTHY, GOOD",
    "1000001, HEALTHY, GOOD",
    "4999999, HEALTHY, GOOD",
    "5000000, WARNING, ACCEPTABLE",
    "5000001, WARNING, ACCEPTABLE",
    "49999999, WARNING, ACCEPTABLE",
    "50000000, CRITICAL, POOR",
    "50000001, CRITICAL, POOR",
    "499999999, CRITICAL, POOR",
    "500000000, CRITICAL, CRITICAL",
    "500000001, CRITICAL, CRITICAL",
    "37000000000, CRITICAL, CRITICAL",
    "61200000000000, CRITICAL, CRITICAL",
    "9000000000000000000, CRITICAL, CRITICAL"
  })
  void shouldFollowTheSizeOfDriftWhenTimeIsTrusted(
      long nanos, HealthStatus status, DriftClass driftClass) {
    ClockHealth behind = HealthMapping.of(Statuses.healthy().errorBound(0).offset(nanos).build());
    ClockHealth ahead = HealthMapping.of(Statuses.healthy().errorBound(0).offset(-nanos).build());

    assertThat(behind.status()).isEqualTo(status);
    assertThat(behind.driftClass()).contains(driftClass);
    assertThat(behind.offsetNanos()).hasValue(nanos);
    assertThat(ahead.status()).isEqualTo(status);
    assertThat(ahead.driftClass()).contains(driftClass);
    assertThat(ahead.offsetNanos()).hasValue(-nanos);
  }

  @ParameterizedTest
  @CsvSource({
    "300000, 49699999, HEALTHY",
    "300000, 49700000, WARNING",
    "300000, 49700001, WARNING",
    "-300000, 49699999, HEALTHY",
    "-300000, 49700000, WARNING",
    "-300000, 49700001, WARNING",
    "0, 9000000000000000000, WARNING"
  })
  void shouldWarnWhenDriftAndBoundTogetherReachFiftyMillis(
      long offset, long bound, HealthStatus status) {
    ClockHealth health =
        HealthMapping.of(Statuses.healthy().offset(offset).errorBound(bound).build());

    assertThat(health.status()).isEqualTo(status);
  }

  /** It was good and is gone, or cannot be read: nobody knows what the next boot goes by. */
  @Test
  void shouldWarnOfAHardwareClockThatCannotBeTold() {
    HostStatus host =
        new HostStatus(
            Optional.empty(),
            Optional.of(RtcFacts.unseen(0, "it is gone")),
            Optional.empty(),
            Long.MAX_VALUE);

    ClockHealth health = HealthMapping.of(Statuses.healthy().host(host).build());

    assertThat(health.status()).isEqualTo(HealthStatus.WARNING);
    assertThat(health.reasons()).contains("the hardware clock may be wrong: it is gone");
  }

  @Test
  void shouldWarnWhenHoldingOver() {
    ClockHealth health =
        HealthMapping.of(
            Statuses.healthy().trust(TrustLevel.HOLDOVER, TrustReason.NO_RECENT_VOTE).build());

    assertThat(health.status()).isEqualTo(HealthStatus.WARNING);
    assertThat(health.offsetNanos()).hasValue(-300_000);
    assertThat(health.message())
        .isEqualTo("holdover: no vote for two polls; holding over on the ruler");
  }

  @ParameterizedTest
  @CsvSource({"UNTRUSTED, BOUND_TOO_WIDE", "UNTRUSTED, CLOCK_STEPPED", "UNKNOWN, NEVER_PROVED"})
  void shouldSayErrorWithoutOffsetWhenTimeIsNotTrusted(TrustLevel trust, TrustReason reason) {
    ClockHealth health = HealthMapping.of(Statuses.healthy().trust(trust, reason).build());

    assertThat(health.status()).isEqualTo(HealthStatus.ERROR);
    assertThat(health.offsetNanos()).isEmpty();
    assertThat(health.driftClass()).isEmpty();
    assertThat(health.message()).isEqualTo("no trustworthy time: " + reason.text());
  }

  @Test
  void shouldSayErrorWhenNothingWasEverProved() {
    ClockHealth health = HealthMapping.of(Statuses.neverProved().build());

    assertThat(health.status()).isEqualTo(HealthStatus.ERROR);
    assertThat(health.reasons())
        .containsExactly(
            "no trustworthy time: no vote has succeeded yet",
            "the system clock has not been compared with trusted time");
  }

  @Test
  void shouldSayErrorWhenTheMonitorStalls() {
    ClockHealth health = HealthMapping.of(Statuses.healthy().stalled().build());

    assertThat(health.status()).isEqualTo(HealthStatus.ERROR);
    assertThat(health.message()).isEqualTo("the monitor has not looked for 60.0 s");
  }

  @Test
  void shouldSayErrorWhenTheMonitorIsClosed() {
    ClockHealth health = HealthMapping.of(Statuses.healthy().closed().build());

    assertThat(health.status()).isEqualTo(HealthStatus.ERROR);
    assertThat(health.message()).isEqualTo("the monitor is closed");
  }

  @Test
  void shouldSayErrorWhenTheSystemClockWasNotCompared() {
    ClockHealth health = HealthMapping.of(Statuses.healthy().withoutSystemClock().build());

    assertThat(health.status()).isEqualTo(HealthStatus.ERROR);
  }

  @Test
  void shouldSayErrorWhenATrustedStatusHoldsNoTime() {
    ClockHealth health = HealthMapping.of(Statuses.healthy().withoutUtc().build());

    assertThat(health.status()).isEqualTo(HealthStatus.ERROR);
    assertThat(health.message()).isEqualTo("the status holds no time although it says TRUSTED");
  }

  @ParameterizedTest
  @CsvSource({
    "9999999999, HEALTHY",
    "10000000000, HEALTHY",
    "10000000001, ERROR",
    "-10000000000, HEALTHY",
    "-10000000001, ERROR"
  })
  void shouldSayErrorWhenTheComparisonIsStale(long ageNanos, HealthStatus status) {
    ClockHealth health = HealthMapping.of(Statuses.healthy().comparisonAge(ageNanos).build());

    assertThat(health.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, HEALTHY",
    "1, 2, ERROR",
    "-2, -1, ERROR",
    "1, -1, ERROR",
    "-9223372036854775808, 9223372036854775807, WARNING"
  })
  void shouldSayErrorWhenTheOffsetLiesOutsideItsBounds(
      long earliest, long latest, HealthStatus status) {
    SystemClockFacts clock =
        new SystemClockFacts(
            -7_100_000_000L,
            0,
            0,
            earliest,
            latest,
            DriftStatistics.EMPTY,
            DriftStatistics.EMPTY,
            OptionalLong.empty(),
            SynchronisationClaim.NOT_ASKED);

    ClockHealth health = HealthMapping.of(Statuses.healthy().systemClock(clock).build());

    assertThat(health.status()).isEqualTo(status);
  }

  @Test
  void shouldWarnAndNameTheFeedWhenItContradictsTheVote() {
    ClockHealth health = HealthMapping.of(Statuses.healthy().feeds(Feeds.contradicting()).build());

    assertThat(health.status()).isEqualTo(HealthStatus.WARNING);
    assertThat(health.offsetNanos()).hasValue(-300_000);
    assertThat(health.message())
        .isEqualTo(
            "feed ib contradicts the vote: by its stamps the trusted clock is behind by at least"
                + " 250.000 ms");
  }

  @Test
  void shouldStayAsItIsWhenAFeedSaysAnythingElse() {
    ClockHealth health =
        HealthMapping.of(
            Statuses.healthy().feeds(Feeds.quiet(), Feeds.late(), Feeds.systemClockSlow()).build());

    assertThat(health.status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void shouldKeepTheMoreSevereStatusWhenAFeedContradictsTheVote() {
    Statuses statuses = Statuses.healthy().feeds(Feeds.contradicting());

    assertThat(HealthMapping.of(statuses.offset(50_000_000).build()).status())
        .isEqualTo(HealthStatus.CRITICAL);
    assertThat(HealthMapping.of(statuses.stalled().build()).status()).isEqualTo(HealthStatus.ERROR);
  }

  @Test
  void shouldPreferTheMoreSevereRowWhenSeveralFit() {
    Statuses critical =
        Statuses.healthy()
            .offset(37_000_000_000L)
            .trust(TrustLevel.HOLDOVER, TrustReason.NO_CONSENSUS);

    ClockHealth holdingOver = HealthMapping.of(critical.build());
    ClockHealth stalled = HealthMapping.of(critical.stalled().build());

    assertThat(holdingOver.status()).isEqualTo(HealthStatus.CRITICAL);
    assertThat(holdingOver.reasons())
        .containsExactly(
            "system clock is behind by 37000.000 ms",
            "holdover: the servers do not agree; holding over on the ruler");
    assertThat(stalled.status()).isEqualTo(HealthStatus.ERROR);
    assertThat(stalled.offsetNanos()).isEmpty();
  }

  @Test
  void shouldWarnWhenTheSystemSaysSynchronisedAndTheVoteProvesOtherwise() {
    ClockHealth health =
        HealthMapping.of(Statuses.healthy().claim(SynchronisationClaim.DISPUTED).build());

    assertThat(health.status()).isEqualTo(HealthStatus.WARNING);
    assertThat(health.message())
        .isEqualTo("the operating system says that its clock is synchronised; it is not");
    assertThat(
            HealthMapping.of(Statuses.healthy().claim(SynchronisationClaim.NOT_CLAIMED).build())
                .status())
        .isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void shouldSayAheadWhenTheOffsetIsNegative() {
    ClockHealth health = HealthMapping.of(Statuses.healthy().offset(-20_200_000).build());

    assertThat(health.message()).isEqualTo("system clock is ahead by 20.200 ms");
  }

  @Test
  void shouldGiveNoReasonWhenHealthy() {
    assertThat(HealthMapping.of(Statuses.healthy().build()).reasons()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HEALTHY:healthy:0", "WARNING:warning:1", "CRITICAL:critical:2", "ERROR:error:3"})
  void shouldHaveTheWordsAndExitStatusesOfMonitoringPlugIns(String row) {
    String[] expected = row.split(":", -1);

    HealthStatus status = HealthStatus.valueOf(expected[0]);

    assertThat(status.word()).isEqualTo(expected[1]);
    assertThat(status.exitStatus()).isEqualTo(Integer.parseInt(expected[2]));
  }

  @ParameterizedTest
  @CsvSource({"HEALTHY, healthy", "WARNING, warning", "CRITICAL, degraded", "ERROR, degraded"})
  void shouldLiftTheOverallWordWhenTimeIsBad(HealthStatus status, String word) {
    assertThat(OverallStatus.of(status).word()).isEqualTo(word);
  }
}
