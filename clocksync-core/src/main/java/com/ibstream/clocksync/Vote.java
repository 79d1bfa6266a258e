package com.ibstream.clocksync;

import com.ibstream.clocksync.estimate.Ageing;
import com.ibstream.clocksync.estimate.ClockEstimate;
import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.ntp.NtpSource;
import com.ibstream.clocksync.time.RateBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The latest vote and who took part in it.
 *
 * @param estimate what it said
 * @param speakers the sources behind the estimate's verdicts, in their order
 * @param lastLine the line of the last good vote
 * @param majorityMonoNanos since when most had spoken in the last good vote, on the ruler
 */
record Vote(
    ClockEstimate estimate,
    List<NtpSource> speakers,
    Optional<ClockEstimate.Line> lastLine,
    OptionalLong majorityMonoNanos) {

  /** Nobody has voted yet. */
  static final Vote NONE =
      new Vote(
          new ClockEstimate(
              0,
              Consensus.NONE,
              Optional.empty(),
              new Ageing(new RateBounds(0, 0), new RateBounds(0, 0)),
              List.of()),
          List.of(),
          Optional.empty(),
          OptionalLong.empty());

  Vote next(ClockEstimate newEstimate, List<NtpSource> newSpeakers) {
    return new Vote(newEstimate, newSpeakers, lastLine, majorityMonoNanos);
  }

  Vote succeeded(ClockEstimate.Line line, long newMajorityMonoNanos) {
    return new Vote(estimate, speakers, Optional.of(line), OptionalLong.of(newMajorityMonoNanos));
  }

  /** The speakers whose claims touch what was agreed. */
  List<NtpSource> truechimers() {
    List<NtpSource> truechimers = new ArrayList<>(speakers.size());
    for (int i = 0; i < speakers.size(); i++) {
      if (estimate.verdicts().get(i).isTruechimer()) {
        truechimers.add(speakers.get(i));
      }
    }
    return truechimers;
  }
}
