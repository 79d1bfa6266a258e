package com.ibstream.clocksync.verdict;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.facts.SourceState;
import com.ibstream.clocksync.time.Correction;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import java.util.Locale;
import java.util.Optional;

/** Something that changed. One event per change, never per sample. Immutable. */
public sealed interface ClockEvent
    permits ClockEvent.TrustChanged,
        ClockEvent.ConsensusChanged,
        ClockEvent.SourceChanged,
        ClockEvent.TimeCorrected,
        HostClockEvent,
        FeedEvent,
        ServiceEvent,
        RtcEvent,
        HistoryEvent,
        RepairEvent {

  /**
   * When it was noticed.
   *
   * @return nanoseconds of the ruler
   */
  long monoNanos();

  /**
   * What happened, for people.
   *
   * @return one sentence without a full stop
   */
  String text();

  /**
   * Whether somebody should look at it.
   *
   * @return true for a change to the worse
   */
  boolean isWarning();

  /**
   * The trusted clock is to be believed more or less than before.
   *
   * @param monoNanos when
   * @param from level before
   * @param to level now
   * @param reason why
   */
  record TrustChanged(long monoNanos, TrustLevel from, TrustLevel to, TrustReason reason)
      implements ClockEvent {
    @Override
    public String text() {
      return "trust " + from + " -> " + to + ": " + reason.text();
    }

    @Override
    public boolean isWarning() {
      return to.severity() > from.severity();
    }
  }

  /**
   * The servers agree, or no longer.
   *
   * @param monoNanos when
   * @param from before
   * @param to now
   */
  record ConsensusChanged(long monoNanos, Consensus from, Consensus to) implements ClockEvent {
    @Override
    public String text() {
      return "consensus of the servers " + from + " -> " + to;
    }

    @Override
    public boolean isWarning() {
      return to == Consensus.NONE;
    }
  }

  /**
   * A source changed its state.
   *
   * @param monoNanos when
   * @param server the name as configured
   * @param address its address; may be empty
   * @param from state before
   * @param to state now
   * @param rejection why its last exchange proved nothing
   * @param detail more about it, for people; may be empty
   */
  record SourceChanged(
      long monoNanos,
      String server,
      String address,
      SourceState from,
      SourceState to,
      Optional<NtpRejection> rejection,
      String detail)
      implements ClockEvent {
    @Override
    public String text() {
      return "server "
          + server
          + (address.isEmpty() || address.equals(server) ? "" : " (" + address + ")")
          + " "
          + from
          + " -> "
          + to
          + rejection.map(reason -> ": " + reason.text()).orElse("")
          + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    @Override
    public boolean isWarning() {
      return to == SourceState.FALSETICKER
          || to == SourceState.REFUSED
          || to == SourceState.UNREACHABLE;
    }
  }

  /**
   * The trusted time was corrected by more than can be slewed: it stepped forward, or stands still
   * for a while.
   *
   * @param monoNanos when
   * @param correction how, and by how much
   */
  record TimeCorrected(long monoNanos, Correction correction) implements ClockEvent {
    @Override
    public String text() {
      double millis = Math.abs(correction.nanos()) / 1e6;
      return correction.kind() == Correction.Kind.HELD
          ? String.format(
              Locale.ROOT,
              "trusted time was ahead by %.3f ms and stands still until it is right",
              millis)
          : String.format(
              Locale.ROOT, "trusted time was behind by %.3f ms and stepped forward", millis);
    }

    @Override
    public boolean isWarning() {
      return true;
    }
  }
}
