package com.ibstream.clocksync.rtc;

import com.ibstream.clocksync.facts.BatteryFacts.PowerOff;
import com.ibstream.clocksync.facts.RtcFacts.Difference;
import com.ibstream.clocksync.facts.RtcFacts.Rate;
import java.util.List;
import java.util.Optional;

/** Remembers the hardware clock from one boot to the next. Blocks; on the host's thread only. */
public interface RtcMemory {

  /**
   * What was remembered last.
   *
   * @return empty memory, with the reason, if it cannot be read
   */
  Recall recall();

  /**
   * Remembers.
   *
   * @param known all that is to be known after the next boot
   * @return why that was impossible; empty if it is remembered
   */
  Optional<String> remember(Known known);

  /**
   * What was remembered.
   *
   * @param boot which boot of the host this is; empty if it cannot be told from others
   * @param known of the time before; empty if nothing was remembered
   * @param trouble why nothing can be read or nothing will be remembered, for people; empty if all
   *     is well
   */
  record Recall(Optional<String> boot, Optional<Known> known, String trouble) {}

  /**
   * A hardware clock, as it was last seen.
   *
   * @param boot the boot that it was seen in
   * @param utcEpochNanos when, by trusted time, nanoseconds since 1970
   * @param offset UTC minus RTC then; positive = the RTC is behind
   * @param rate how fast it ran; empty if that was not known
   * @param powerOffs what it did while the machine was off, oldest first
   */
  record Known(
      String boot,
      long utcEpochNanos,
      Difference offset,
      Optional<Rate> rate,
      List<PowerOff> powerOffs) {

    /** Copies the list. */
    public Known {
      powerOffs = List.copyOf(powerOffs);
    }
  }
}
