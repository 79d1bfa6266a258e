package com.ibstream.clocksync.ntp;

import com.google.common.collect.Sets;
import com.ibstream.clocksync.facts.NtpRejection;
import java.util.Set;

/** Whether a source can be heard, and whether anybody still waits for it. Monitor thread only. */
final class Reach {

  private static final int MASK = 0xFF;

  /** Rejections that say nothing of the server: perhaps nothing of it ever reached us. */
  private static final Set<NtpRejection> SILENCE =
      Sets.immutableEnumSet(
          NtpRejection.TIMEOUT,
          NtpRejection.PORT_UNREACHABLE,
          NtpRejection.NETWORK_UNREACHABLE,
          NtpRejection.WRONG_ADDRESS,
          NtpRejection.COOKIE_MISMATCH,
          NtpRejection.DUPLICATE,
          NtpRejection.SHORT_PACKET,
          NtpRejection.WRONG_MODE,
          NtpRejection.UNSUPPORTED_VERSION);

  /** Polls without a good answer in a row after which a source is lost: all that are remembered. */
  private static final int LOST_AFTER = Byte.SIZE;

  private int register;
  private int failedInARow;
  private boolean isEnded;
  private boolean isUndecided = true;
  private int silentCount;

  void sent() {
    register = (register << 1) & MASK;
  }

  void heard() {
    register |= 1;
    failedInARow = 0;
    isUndecided = false;
  }

  /**
   * Notes a failure: an answer that was refused decides at once, silence only after some patience.
   */
  void failed(NtpRejection reason, boolean isNetworkAlive, int patience) {
    failedInARow = Math.min(LOST_AFTER, failedInARow + 1);
    if (reason == NtpRejection.KISS_DENY || reason == NtpRejection.KISS_RSTR) {
      isEnded = true;
      register = 0;
    }
    silentCount += isNetworkAlive ? 1 : 0;
    if (!SILENCE.contains(reason) || silentCount >= patience) {
      isUndecided = false;
    }
  }

  void doubt() {
    isUndecided = true;
    silentCount = 0;
  }

  /** Whether the server told us to go away: for good. */
  boolean isEnded() {
    return isEnded;
  }

  /** Whether eight polls in a row have failed, or the server told us to go away. */
  boolean isLost() {
    return isEnded || failedInARow >= LOST_AFTER;
  }

  /** The last eight polls as bits, the latest is bit 0. */
  int register() {
    return register;
  }

  boolean isUndecided() {
    return isUndecided;
  }
}
