package com.ibstream.clocksync.examples.report;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.PauseFacts;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Statuses for tests. */
public final class Statuses {

  /** 2025-08-01T01:04:51.5Z. */
  public static final long SYSTEM_EPOCH_NANOS = 1_754_010_291_500_000_000L;

  private static final long MILLI = 1_000_000L;
  private static final long MONO_NANOS = 77;

  private Statuses() {}

  /**
   * Trusted: our clock is ahead by 3 ms (offset -3 ms), in [-4, -1] ms; one server lies and one has
   * no address.
   */
  public static ClockStatus ahead() {
    return status(
        TrustLevel.TRUSTED,
        TrustReason.MAJORITY,
        new DriftStatistics(
            8, -3.1 * MILLI, -3 * MILLI, 0.5 * MILLI, -4 * MILLI, -2 * MILLI, 4 * MILLI, 4 * MILLI),
        List.of(
            source(
                "a.example", "192.0.2.1:123", SourceState.SELECTED, Optional.empty(), -3 * MILLI),
            source(
                "a.example", "192.0.2.2:123", SourceState.COMBINED, Optional.empty(), -3 * MILLI),
            source(
                "liar.example",
                "192.0.2.3:123",
                SourceState.FALSETICKER,
                Optional.empty(),
                247 * MILLI),
            silent("gone.example", "", SourceState.UNREACHABLE, NtpRejection.UNKNOWN_HOST)));
  }

  /** Nothing was ever proved: one server did not answer. */
  public static ClockStatus unknown() {
    return status(
        TrustLevel.UNKNOWN,
        TrustReason.NEVER_PROVED,
        DriftStatistics.EMPTY,
        List.of(
            silent("a.example", "192.0.2.1:123", SourceState.UNREACHABLE, NtpRejection.TIMEOUT)));
  }

  /** As {@link #ahead}, but the line is disputed. */
  public static ClockStatus untrusted() {
    ClockStatus good = ahead();
    return status(
        TrustLevel.UNTRUSTED, TrustReason.CLOCK_STEPPED, good.sampleStatistics(), good.sources());
  }

  private static ClockStatus status(
      TrustLevel trust, TrustReason reason, DriftStatistics statistics, List<SourceFacts> sources) {
    boolean isProved = trust != TrustLevel.UNKNOWN;
    long nowNanos = SYSTEM_EPOCH_NANOS - 3 * MILLI;
    return new ClockStatus(
        MONO_NANOS,
        trust,
        reason,
        isProved
            ? Optional.of(
                new ClockStatus.Utc(nowNanos, nowNanos - MILLI, nowNanos + 2 * MILLI, 2 * MILLI, 0))
            : Optional.empty(),
        50 * MILLI,
        isProved ? Consensus.MAJORITY : Consensus.NONE,
        isProved ? OptionalLong.of(MILLI) : OptionalLong.empty(),
        isProved ? OptionalLong.of(90_000 * MILLI) : OptionalLong.empty(),
        500,
        true,
        Optional.empty(),
        Optional.empty(),
        isProved
            ? Optional.of(
                new SystemClockFacts(
                    MONO_NANOS,
                    SYSTEM_EPOCH_NANOS,
                    -3 * MILLI,
                    -4 * MILLI,
                    -MILLI,
                    DriftStatistics.EMPTY,
                    DriftStatistics.EMPTY,
                    OptionalLong.empty(),
                    SynchronisationClaim.NOT_ASKED))
            : Optional.empty(),
        List.of(),
        Optional.empty(),
        PauseFacts.NONE,
        statistics,
        List.of(),
        HostStatus.UNSEEN,
        3,
        sources,
        0,
        false,
        false);
  }

  private static SourceFacts silent(
      String server, String address, SourceState state, NtpRejection rejection) {
    return facts(server, address, state, Optional.of(rejection), Optional.empty());
  }

  private static SourceFacts source(
      String server,
      String address,
      SourceState state,
      Optional<NtpRejection> rejection,
      long offsetNanos) {
    SourceFacts.Measurement said =
        new SourceFacts.Measurement(
            offsetNanos, MILLI, 2 * MILLI, 500, 1_000, 2, "GPS", 0, MILLI, false);
    return facts(server, address, state, rejection, Optional.of(said));
  }

  private static SourceFacts facts(
      String server,
      String address,
      SourceState state,
      Optional<NtpRejection> rejection,
      Optional<SourceFacts.Measurement> said) {
    return new SourceFacts(
        server,
        address,
        state,
        rejection,
        "",
        Map.of(),
        4,
        4,
        0xf,
        64_000 * MILLI,
        false,
        false,
        OptionalInt.empty(),
        said);
  }
}
