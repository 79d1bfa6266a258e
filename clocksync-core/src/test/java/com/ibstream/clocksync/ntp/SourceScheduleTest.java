package com.ibstream.clocksync.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.facts.NtpRejection;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manners: how often a source is asked, whatever happens. */
class SourceScheduleTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long START = Math.subtractExact(Long.MAX_VALUE, 10 * SECOND);

  private final AddressBudgets budgets = new AddressBudgets();

  private static NtpSource source(String address, int burst) {
    InetSocketAddress server = new InetSocketAddress(InetAddresses.forString(address), 123);
    return new NtpSource(address, server, false, 64 * SECOND, 256 * SECOND, burst);
  }

  private static NtpOutcome accepted() {
    return new NtpOutcome.Accepted(new NtpSample(0, 0, 1, 0, 0, 1, 0, 1, 0, 0, false), List.of());
  }

  private static NtpOutcome refused(NtpRejection reason) {
    return new NtpOutcome.Refused(reason, "", List.of());
  }

  /** Asks as soon as it is due, so many times, and gives the distances in seconds. */
  private List<Double> distances(NtpSource source, int count, NtpOutcome outcome) {
    List<Double> distances = new ArrayList<>();
    long now = START;
    long last = START;
    for (int i = 0; i < count; i++) {
      now = source.dueMonoNanos(now, budgets).orElseThrow();
      budgets.spend(source.address(), now);
      source.sent(now);
      source.finished(outcome, true, 3);
      if (i > 0) {
        distances.add((now - last) / (double) SECOND);
      }
      last = now;
    }
    return distances;
  }

  @Test
  void shouldBeginWithABurstAndSlowDownWhenAPublicServerAnswers() {
    List<Double> distances = distances(source("192.0.2.1", 4), 30, accepted());

    assertThat(distances.subList(0, 3)).containsOnly(4.0);
    assertThat(distances.subList(3, 7)).containsOnly(64.0);
    assertThat(distances.get(28)).isEqualTo(256.0);
  }

  @Test
  void shouldBeQuickerWithServersOnThisHostOrInThisHouse() {
    for (String near :
        List.of("127.0.0.1", "10.1.2.3", "192.168.1.1", "::1", "fe80::1", "fd00::1")) {
      assertThat(distances(source(near, 4), 4, accepted())).as(near).containsOnly(0.25);
    }
  }

  @ParameterizedTest
  @CsvSource({"64,4", "64,12"})
  void shouldNeverAskAPublicServerMoreOftenThanMannersAllowWhateverIsWanted(int burst, int seed) {
    NtpSource source = source("192.0.2." + seed, burst);
    source.capPoll(0);

    List<Double> distances = distances(source, 40, accepted());

    assertThat(distances).allMatch(distance -> distance >= 4);
    assertThat(distances.subList(4, 39)).allMatch(distance -> distance >= 12);
    double total = distances.stream().mapToDouble(Double::doubleValue).sum();
    assertThat(total).isGreaterThanOrEqualTo((39 - 3) * 16.0);
  }

  @Test
  void shouldShareTheBudgetWhenTheSameAddressIsAskedAnew() {
    distances(source("192.0.2.1", 4), 4, accepted());

    NtpSource again = source("192.0.2.1", 4);
    long due = again.dueMonoNanos(START + 12 * SECOND, budgets).orElseThrow();

    assertThat(due - START).isEqualTo(16 * SECOND);
  }

  @ParameterizedTest
  @CsvSource({"0,16", "10,16", "40,40", "100,64"})
  void shouldKeepTheIntervalWithinTheCapButNeverUnder16SecondsWhenPublic(
      long cap, double expected) {
    NtpSource source = source("192.0.2.1", 1);
    source.capPoll(cap * SECOND);

    assertThat(distances(source, 2, accepted())).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 0.25, 0.75, 0.125})
  void shouldTakeItsTurnBehindABurstAndWheneverTheIntervalHasGrown(double turn) {
    NtpSource source = source("192.0.2.1", 4);
    source.spread(turn);
    List<Long> waits = new ArrayList<>();
    long now = -7_777 * SECOND;
    for (int i = 0; i < 40; i++) {
      long last = now;
      now = source.dueMonoNanos(now, budgets).orElseThrow();
      budgets.spend(source.address(), now);
      source.sent(now);
      source.finished(accepted(), true, 3);
      waits.add((now - last) / SECOND);
    }

    assertThat(waits.subList(1, 4)).containsOnly(4L);
    assertThat(waits.subList(4, 40)).allMatch(wait -> wait >= 16 && wait <= 256 + 16);
    assertThat(waits.subList(20, 40)).containsOnly(256L);
    long steady = 256 * SECOND;
    assertThat(Math.floorMod(now - Math.round(turn * steady), steady)).isZero();
  }

  @Test
  void shouldNotShortenTheLeastInterval() {
    NtpSource source = source("192.0.2.1", 1);
    source.spread(0.5);
    source.capPoll(0);

    assertThat(distances(source, 3, accepted())).containsExactly(16.0, 16.0);
  }

  @Test
  void shouldGoBackTo64SecondsWhenThereIsTrouble() {
    NtpSource source = source("192.0.2.1", 1);
    distances(source, 20, accepted());
    assertThat(source.pollNanos()).isEqualTo(256 * SECOND);

    source.finished(refused(NtpRejection.TIMEOUT), true, 3);

    assertThat(source.pollNanos()).isEqualTo(64 * SECOND);
  }

  @Test
  void shouldDoubleTheIntervalForGoodWhenKissedRate() {
    NtpSource source = source("192.0.2.1", 4);
    source.sent(START);
    source.finished(refused(NtpRejection.KISS_RATE), true, 3);
    long once = source.pollNanos();
    source.finished(refused(NtpRejection.KISS_RATE), true, 3);
    source.capPoll(0);
    source.troubled();

    assertThat(once).isEqualTo(128 * SECOND);
    assertThat(source.pollNanos()).isEqualTo(256 * SECOND);
    assertThat(source.dueMonoNanos(START, budgets).orElseThrow() - START).isEqualTo(256 * SECOND);
  }

  @ParameterizedTest
  @CsvSource({"KISS_DENY", "KISS_RSTR"})
  void shouldNeverAskAgainWhenTheServerDoesNotWantUs(NtpRejection kiss) {
    NtpSource source = source("192.0.2.1", 4);
    source.sent(START);
    source.finished(accepted(), true, 3);
    source.finished(refused(kiss), true, 3);

    assertThat(source.dueMonoNanos(START, budgets)).isEmpty();
    assertThat(source.isEnded()).isTrue();
    assertThat(source.isReachable()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"KISS_DENY", "KISS_RSTR"})
  void shouldRememberThatAServerDoesNotWantUsAlsoInAnotherMeasurement(NtpRejection kiss) {
    budgets.refused(source("192.0.2.1", 4).address(), kiss);

    assertThat(source("192.0.2.1", 4).dueMonoNanos(START, budgets)).isEmpty();
    assertThat(source("192.0.2.2", 4).dueMonoNanos(START, budgets)).contains(START);
  }

  @Test
  void shouldEarnRequestsHalfAsFastInAnotherMeasurementWhenKissedRate() {
    budgets.refused(source("192.0.2.1", 8).address(), NtpRejection.KISS_RATE);
    NtpSource again = source("192.0.2.1", 8);

    List<Double> distances = distances(again, 8, accepted());

    assertThat(distances.subList(4, 7)).containsOnly(32.0);
    assertThat(budgets.isUnwelcome(again.address())).isTrue();
  }

  @Test
  void shouldForgetAServerAfterEightMissedPolls() {
    NtpSource source = source("192.0.2.1", 1);
    source.sent(START);
    source.finished(accepted(), true, 3);
    for (int i = 0; i < 7; i++) {
      source.sent(START);
      source.finished(refused(NtpRejection.TIMEOUT), true, 3);
    }
    boolean afterSeven = source.isReachable();
    source.sent(START);
    source.finished(refused(NtpRejection.TIMEOUT), true, 3);

    assertThat(afterSeven).isTrue();
    assertThat(source.isReachable()).isFalse();
    assertThat(source.reach()).isZero();
    assertThat(source.tally().rejections()).containsEntry(NtpRejection.TIMEOUT, 8L);
    assertThat(source.tally().sentCount()).isEqualTo(9);
    assertThat(source.tally().acceptedCount()).isEqualTo(1);
  }

  @Test
  void shouldBurstAgainWhenAsked() {
    NtpSource source = source("10.0.0.1", 1);
    distances(source, 2, accepted());

    source.burst(2);

    assertThat(source.dueMonoNanos(START + 64 * SECOND, budgets).orElseThrow() - START)
        .isEqualTo(64 * SECOND + SECOND / 4);
  }

  @Test
  void shouldKeepAFewHoursOfSamplesAndNoMore() {
    NtpSource source = source("192.0.2.1", 1);
    for (int i = 0; i < NtpSource.SAMPLES_KEPT + 10; i++) {
      source.finished(accepted(), true, 3);
    }

    assertThat(source.samples()).hasSize(NtpSource.SAMPLES_KEPT);
  }
}
