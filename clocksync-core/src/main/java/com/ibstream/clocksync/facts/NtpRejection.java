package com.ibstream.clocksync.facts;

/** Why an exchange with a server proved nothing. A closed list; each is counted per server. */
public enum NtpRejection {
  /** No answer within the time limit. */
  TIMEOUT("no answer within the time limit"),
  /** The host answered that nobody listens at that port. */
  PORT_UNREACHABLE("nobody listens at that port"),
  /** No route, or sending is not permitted. */
  NETWORK_UNREACHABLE("the network cannot be reached"),
  /** The name has no address. */
  UNKNOWN_HOST("the name has no address"),
  /** Every address of the name belongs to another configured server. */
  DUPLICATE_ADDRESS("all its addresses belong to other configured servers"),
  /** The answer came from another address or port than was asked. */
  WRONG_ADDRESS("answer from another address or port"),
  /** The answer does not return our random cookie: it belongs to somebody else, or is forged. */
  COOKIE_MISMATCH("answer does not return our cookie"),
  /** A second answer to the same request. */
  DUPLICATE("second answer to the same request"),
  /** An answer to an earlier request, behind its time limit; counted only, never a sample. */
  LATE_REPLY("answer to an earlier request, behind its time limit"),
  /** Fewer than the 48 bytes of an NTP header. */
  SHORT_PACKET("answer is shorter than an NTP header"),
  /** Not a server's answer (mode 4). */
  WRONG_MODE("not a server's answer"),
  /** Neither NTP version 3 nor 4. */
  UNSUPPORTED_VERSION("neither NTP version 3 nor 4"),
  /** Leap indicator 3: the server says that it is not synchronised. */
  NOT_SYNCHRONISED("server says it is not synchronised (leap indicator 3)"),
  /** Kiss code RATE: asked too often. */
  KISS_RATE("kiss code RATE: asked too often"),
  /** Kiss code DENY: not welcome. */
  KISS_DENY("kiss code DENY: access denied"),
  /** Kiss code RSTR: not welcome. */
  KISS_RSTR("kiss code RSTR: access restricted"),
  /** Stratum 0 with another kiss code. */
  KISS_OTHER("stratum 0 with another kiss code"),
  /** Stratum 16 or above: not synchronised. */
  STRATUM_TOO_HIGH("stratum 16 or above: not synchronised"),
  /** Receive or transmit stamp is zero. */
  ZERO_TIMESTAMP("receive or transmit stamp is zero"),
  /** The server claims to have sent before it received. */
  TRANSMIT_BEFORE_RECEIVE("sent before it was received"),
  /** The server claims to have held the request for longer than the whole round trip. */
  NEGATIVE_DELAY("round trip shorter than the server's own holding time"),
  /** Half the root delay plus the root dispersion is over the limit. */
  ROOT_DISTANCE_TOO_LARGE("root distance over the limit"),
  /** The server was last set after it sent this answer. */
  REFERENCE_NEWER_THAN_TRANSMIT("reference time newer than transmit time"),
  /** The server was last set more than a day ago. */
  STALE_REFERENCE("server was last set more than a day ago"),
  /** The server follows its own undisciplined clock (LOCL, 127.127.1.x). */
  SELF_REFERENCE("server follows its own undisciplined clock"),
  /** The server follows us. */
  LOOP("server follows this very host");

  private final String text;

  NtpRejection(String text) {
    this.text = text;
  }

  /**
   * The reason as a clause for people.
   *
   * @return a short lower-case clause
   */
  public String text() {
    return text;
  }

  /**
   * Whether it is counted for the lookups of a name.
   *
   * @return false if it is counted for one of its addresses
   */
  public boolean isOfName() {
    return this == UNKNOWN_HOST || this == DUPLICATE_ADDRESS;
  }
}
