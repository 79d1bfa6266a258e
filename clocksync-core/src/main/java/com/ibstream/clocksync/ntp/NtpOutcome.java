package com.ibstream.clocksync.ntp;

import com.ibstream.clocksync.facts.NtpRejection;
import java.util.List;

/** How an exchange ended: with a sample, or refused for a reason. */
public sealed interface NtpOutcome {

  /**
   * Packets that came to our port and were not the answer; counted, and otherwise nobody's.
   *
   * @return why each was ignored
   */
  List<NtpRejection> ignored();

  /**
   * The answer was good.
   *
   * @param sample what it proved
   * @param ignored what came beside it
   */
  record Accepted(NtpSample sample, List<NtpRejection> ignored) implements NtpOutcome {
    /** Copies the list. */
    public Accepted {
      ignored = List.copyOf(ignored);
    }
  }

  /**
   * There was no good answer.
   *
   * @param reason why
   * @param detail more for people; may be empty
   * @param ignored what came beside it
   */
  record Refused(NtpRejection reason, String detail, List<NtpRejection> ignored)
      implements NtpOutcome {
    /** Copies the list. */
    public Refused {
      ignored = List.copyOf(ignored);
    }
  }
}
