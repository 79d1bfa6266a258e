package com.ibstream.clocksync.ntp;

import static com.ibstream.clocksync.ntp.ExchangeBench.MILLI;
import static com.ibstream.clocksync.ntp.ExchangeBench.SERVER;
import static com.ibstream.clocksync.ntp.ExchangeBench.TIMEOUT;
import static com.ibstream.clocksync.ntp.ExchangeBench.at;
import static com.ibstream.clocksync.ntp.ExchangeBench.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.seam.UdpTransport.UdpFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes behind the end of an exchange, or too often: counted, and nothing else. */
class NtpStragglerTest {

  private static final long DUPLICATE_END = 10 * MILLI + NtpExchange.DUPLICATE_GRACE_NANOS;
  private static final long LATE_END = TIMEOUT + NtpExchange.LATE_GRACE_NANOS;

  private final ExchangeBench bench = new ExchangeBench();

  @Test
  void shouldCountASecondAnswerAndKeepTheFirstWhenTheAnswerIsDuplicated() {
    bench.receive(good(), 10 * MILLI);
    List<NtpOutcome> first = List.copyOf(bench.outcomes);

    bench.receive(good(), 11 * MILLI);
    bench.receive(good().stratum(0).referenceId("DENY"), DUPLICATE_END - 1);

    assertThat(bench.stragglers).containsExactly(NtpRejection.DUPLICATE, NtpRejection.DUPLICATE);
    assertThat(bench.outcomes).isEqualTo(first).hasSize(1);
    assertThat(first.get(0)).isInstanceOf(NtpOutcome.Accepted.class);
  }

  @Test
  void shouldCountASecondAnswerWhenTheFirstWasRefused() {
    bench.receive(good().leap(3), 10 * MILLI);

    bench.receive(good(), 11 * MILLI);

    assertThat(bench.outcomes).singleElement().isInstanceOf(NtpOutcome.Refused.class);
    assertThat(bench.stragglers).containsExactly(NtpRejection.DUPLICATE);
  }

  @Test
  void shouldStopListeningTwoSecondsBehindTheAnswer() {
    bench.receive(good(), 10 * MILLI);
    bench.runUntil(DUPLICATE_END - 1);
    boolean wasClosed = bench.isClosed();

    bench.runUntil(DUPLICATE_END);

    assertThat(wasClosed).isFalse();
    assertThat(bench.isClosed()).isTrue();
  }

  @Test
  void shouldTellTheOutcomeAlsoWhenTheEndOfListeningCannotBePlanned() {
    bench.planNothingMore();

    assertThatThrownBy(() -> bench.receive(good(), 10 * MILLI))
        .isInstanceOf(IllegalStateException.class);

    assertThat(bench.outcomes).singleElement().isInstanceOf(NtpOutcome.Accepted.class);
  }

  @Test
  void shouldCountALateReplyAndTakeNothingFromItWhenTheTimeIsOver() {
    bench.runUntil(TIMEOUT);

    bench.receive(good(), TIMEOUT + 1);
    bench.receive(good(), TIMEOUT + 2);

    assertThat(bench.outcomes)
        .containsExactly(new NtpOutcome.Refused(NtpRejection.TIMEOUT, "", List.of()));
    assertThat(bench.stragglers).containsExactly(NtpRejection.LATE_REPLY, NtpRejection.DUPLICATE);
  }

  @Test
  void shouldStopListeningTenSecondsBehindTheTimeLimit() {
    bench.receive(good(), LATE_END - 1);
    boolean wasClosed = bench.isClosed();

    bench.runUntil(LATE_END);
    bench.receive(good(), LATE_END + 1);

    assertThat(wasClosed).isFalse();
    assertThat(bench.isClosed()).isTrue();
    assertThat(bench.stragglers).containsExactly(NtpRejection.LATE_REPLY);
  }

  @Test
  void shouldNotTakeForeignPacketsForLateReplies() {
    bench.runUntil(TIMEOUT);

    bench.receive(good().originate(7).stratum(0).referenceId("DENY"), TIMEOUT + 1);
    bench.receive(at("192.0.2.9", 123), good().build(), TIMEOUT + 2);

    assertThat(bench.stragglers)
        .containsExactly(NtpRejection.COOKIE_MISMATCH, NtpRejection.WRONG_ADDRESS);
  }

  @Test
  void shouldCloseAtOnceAndStayEndedWhenTheNetworkRefuses() {
    bench.exchange.failed(new UdpFailure(UdpFailure.Kind.PORT_UNREACHABLE, "refused"));

    bench.runUntil(LATE_END);

    assertThat(bench.isClosed()).isTrue();
    assertThat(bench.outcomes)
        .containsExactly(
            new NtpOutcome.Refused(NtpRejection.PORT_UNREACHABLE, "refused", List.of()));
  }

  @Test
  void shouldStillTakeTheAnswerAndCountOnlySomeWhenForgedPacketsFloodThePort() {
    for (int i = 0; i < 10_000; i++) {
      bench.receive(at("192.0.2.9", 123), good().stratum(0).referenceId("DENY").build(), MILLI);
    }

    bench.receive(good(), 10 * MILLI);

    assertThat(bench.outcomes).singleElement().isInstanceOf(NtpOutcome.Accepted.class);
    assertThat(bench.outcomes.get(0).ignored())
        .hasSize(NtpExchange.MAX_IGNORED)
        .containsOnly(NtpRejection.WRONG_ADDRESS);
  }

  @Test
  void shouldCloseThePortWhenAFloodComesBehindTheEnd() {
    bench.receive(good(), 10 * MILLI);

    for (int i = 0; i < 10_000; i++) {
      bench.receive(SERVER, new byte[3], 11 * MILLI);
    }

    assertThat(bench.isClosed()).isTrue();
    assertThat(bench.stragglers).hasSize(NtpExchange.MAX_IGNORED);
  }

  @Test
  void shouldLetNoMoreThanTwoPortsOfASourceListenOn() {
    NtpSource source = new NtpSource("a.example", SERVER, false, 64, 256, 4);
    List<ExchangeBench> benches = new java.util.ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ExchangeBench next = new ExchangeBench();
      benches.add(next);
      source.pending(next.exchange);
      next.receive(good(), 10 * MILLI);
      source.finished(next.outcomes.get(0), true, 3);
    }
    List<Boolean> closed = benches.stream().map(ExchangeBench::isClosed).toList();

    source.abandon();

    assertThat(closed).containsExactly(true, true, false, false);
    assertThat(benches).allMatch(ExchangeBench::isClosed);
  }

  @Test
  void shouldCountAStragglerWithoutTouchingWhatTheSourceIsWorth() {
    NtpSource source = new NtpSource("a.example", SERVER, false, 64, 256, 4);
    source.sent(0);
    source.finished(new NtpOutcome.Refused(NtpRejection.TIMEOUT, "", List.of()), true, 3);

    source.straggled(NtpRejection.LATE_REPLY);

    assertThat(source.tally().rejections())
        .isEqualTo(Map.of(NtpRejection.TIMEOUT, 1L, NtpRejection.LATE_REPLY, 1L));
    assertThat(source.tally().lastRejection()).contains(NtpRejection.TIMEOUT);
    assertThat(source.tally().finishedCount()).isEqualTo(1);
    assertThat(source.reach()).isZero();
    assertThat(source.samples()).isEmpty();
  }
}
