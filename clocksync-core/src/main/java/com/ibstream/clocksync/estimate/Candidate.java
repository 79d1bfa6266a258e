package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import com.ibstream.clocksync.ntp.ReferenceId;
import java.net.InetAddress;
import java.util.List;

/** A reachable source as the estimate sees it. Immutable. */
public final class Candidate {

  private final InetAddress address;

  /** Of servers that follow this one. */
  private final int referenceId;

  private final List<NtpSample> samples;
  private final SampleColumns columns;
  private final AscendingDelays delays;
  private final SourcePoints points;

  /**
   * A source with what it has said.
   *
   * @param address whose it is: the same address is the same voice, unless it is loopback, where
   *     every port is a server
   * @param samples its accepted samples, oldest first, at least one
   */
  public Candidate(InetAddress address, List<NtpSample> samples) {
    this(address, ReferenceId.of(address), samples, AscendingDelays.NONE);
  }

  private Candidate(
      InetAddress address, int referenceId, List<NtpSample> samples, AscendingDelays known) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a candidate needs a sample: " + address);
    }
    this.address = address;
    this.referenceId = referenceId;
    this.samples = List.copyOf(samples);
    this.columns = new SampleColumns(this.samples);
    this.delays = known.next(this.samples);
    this.points = new SourcePoints(this.samples, delays);
  }

  /**
   * Whether this candidate was made of that very list.
   *
   * @param others an immutable list of samples
   * @return true if it need not be made anew
   */
  @SuppressWarnings("ReferenceEquality") // that it is the same list is what is asked
  public boolean isOf(List<NtpSample> others) {
    return samples == others;
  }

  List<NtpSample> samples() {
    return samples;
  }

  SampleColumns columns() {
    return columns;
  }

  SourcePoints points() {
    return points;
  }

  /**
   * The same source with other samples. Costs least where it has said one thing more.
   *
   * @param others its accepted samples, oldest first, at least one
   * @return as if it were made anew
   */
  public Candidate with(List<NtpSample> others) {
    return new Candidate(address, referenceId, others, delays);
  }

  /** The latest sample: what the source says of itself now. */
  NtpSample latest() {
    return samples.get(samples.size() - 1);
  }

  /** Whether the two are not independent: same address, or same parent. */
  boolean sharesVoiceWith(Candidate other) {
    boolean isSameHost = !address.isLoopbackAddress() && address.equals(other.address);
    boolean isSameParent =
        latest().hasParent()
            && other.latest().hasParent()
            && latest().referenceId() == other.latest().referenceId();
    return isSameHost || isSameParent || follows(other) || other.follows(this);
  }

  private boolean follows(Candidate other) {
    return latest().hasParent() && latest().referenceId() == other.referenceId;
  }
}
