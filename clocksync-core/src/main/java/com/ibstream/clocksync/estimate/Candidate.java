package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import java.net.InetAddress;
import java.util.List;

/** A reachable source as the estimate sees it. Immutable. */
public final class Candidate {

  private final InetAddress address;
  private final List<NtpSample> samples;
  private final SampleColumns columns;
  private final SourcePoints points;

  /**
   * A source with what it has said.
   *
   * @param address whose it is: the same address is the same voice, unless it is loopback, where
   *     every port is a server
   * @param samples its accepted samples, oldest first, at least one
   */
  public Candidate(InetAddress address, List<NtpSample> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a candidate needs a sample: " + address);
    }
    this.address = address;
    this.samples = List.copyOf(samples);
    this.columns = new SampleColumns(this.samples);
    this.points = new SourcePoints(this.samples);
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

  /** The same source with those of its samples only. */
  Candidate with(List<NtpSample> fewer) {
    return new Candidate(address, fewer);
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
    return latest().hasParent() && latest().follows(other.address);
  }
}
