package com.ibstream.clocksync.ntp;

import com.ibstream.clocksync.facts.NtpRejection;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Judges a parsed answer: pure functions from packet and circumstances to the reason for its
 * refusal.
 */
final class NtpValidator {

  private static final int MODE_SERVER = 4;
  private static final int OLDEST_VERSION = 3;
  private static final int NEWEST_VERSION = 4;
  private static final int LEAP_NOT_SYNCHRONISED = 3;
  private static final int STRATUM_NOT_SYNCHRONISED = 16;
  private static final int KISS_RATE = 0x52415445;
  private static final int KISS_DENY = 0x44454E59;
  private static final int KISS_RSTR = 0x52535452;
  private static final long DAY_NANOS = 86_400_000_000_000L;

  /** More than three polls at 1,024 s, the longest usual interval between servers. */
  private static final long STALE_NANOS = 3_600_000_000_000L;

  private NtpValidator() {}

  /**
   * Whether the packet is an answer to our request at all. One that is not may come from anybody,
   * so it ends nothing.
   *
   * @param cookie what our request carried
   * @return why it is not
   */
  static Optional<NtpRejection> notOurs(NtpPacket packet, long cookie) {
    if (packet.mode() != MODE_SERVER) {
      return Optional.of(NtpRejection.WRONG_MODE);
    }
    if (packet.version() < OLDEST_VERSION || packet.version() > NEWEST_VERSION) {
      return Optional.of(NtpRejection.UNSUPPORTED_VERSION);
    }
    if (packet.originate() != cookie) {
      return Optional.of(NtpRejection.COOKIE_MISMATCH);
    }
    return Optional.empty();
  }

  /**
   * Whether the server's answer to our request is to be believed, before any look at the round
   * trip.
   *
   * @param local our own address on the way to the server
   * @param isUndisciplinedAllowed whether the server may follow its own clock, or us
   * @return why not
   */
  static Optional<NtpRejection> unfit(
      NtpPacket packet, NtpPolicy policy, InetAddress local, boolean isUndisciplinedAllowed) {
    if (packet.stratum() == 0) {
      return Optional.of(kiss(packet.referenceId()));
    }
    if (packet.leapIndicator() == LEAP_NOT_SYNCHRONISED) {
      return Optional.of(NtpRejection.NOT_SYNCHRONISED);
    }
    if (packet.stratum() >= STRATUM_NOT_SYNCHRONISED) {
      return Optional.of(NtpRejection.STRATUM_TOO_HIGH);
    }
    if (packet.receive() == 0 || packet.transmit() == 0) {
      return Optional.of(NtpRejection.ZERO_TIMESTAMP);
    }
    if (NtpTimestamp.differenceNanos(packet.transmit(), packet.receive()) < 0) {
      return Optional.of(NtpRejection.TRANSMIT_BEFORE_RECEIVE);
    }
    if (packet.referenceTime() != 0) {
      long ageNanos = NtpTimestamp.differenceNanos(packet.transmit(), packet.referenceTime());
      if (ageNanos < 0) {
        return Optional.of(NtpRejection.REFERENCE_NEWER_THAN_TRANSMIT);
      }
      if (ageNanos > DAY_NANOS) {
        return Optional.of(NtpRejection.STALE_REFERENCE);
      }
    }
    if (rootDistanceNanos(packet) > policy.maxRootDistanceNanos()) {
      return Optional.of(NtpRejection.ROOT_DISTANCE_TOO_LARGE);
    }
    if (!isUndisciplinedAllowed) {
      if (ReferenceId.isLocalClock(packet.referenceId())) {
        return Optional.of(NtpRejection.SELF_REFERENCE);
      }
      if (packet.stratum() > 1 && packet.referenceId() == ReferenceId.of(local)) {
        return Optional.of(NtpRejection.LOOP);
      }
    }
    return Optional.empty();
  }

  /** Whether the server was never set, or so long ago that it must have lost what it follows. */
  static boolean isReferenceStale(NtpPacket packet) {
    return packet.referenceTime() == 0
        || NtpTimestamp.differenceNanos(packet.transmit(), packet.referenceTime()) > STALE_NANOS;
  }

  private static long rootDistanceNanos(NtpPacket packet) {
    return NtpSample.halfUp(packet.rootDelayNanos())
        + packet.rootDispersionNanos()
        + packet.precisionNanos();
  }

  private static NtpRejection kiss(int code) {
    return switch (code) {
      case KISS_RATE -> NtpRejection.KISS_RATE;
      case KISS_DENY -> NtpRejection.KISS_DENY;
      case KISS_RSTR -> NtpRejection.KISS_RSTR;
      default -> NtpRejection.KISS_OTHER;
    };
  }
}
