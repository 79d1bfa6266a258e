package com.ibstream.clocksync.estimate;

import com.ibstream.clocksync.ntp.NtpSample;
import java.net.InetAddress;
import java.util.List;

/**
 * A reachable source as the estimate sees it.
 *
 * @param address whose it is: the same address is the same voice, unless it is loopback, where
 *     every port is a server
 * @param samples its accepted samples, oldest first, at least one
 */
public record Candidate(InetAddress address, List<NtpSample> samples) {

  /** Copies the list and rejects an empty one. */
  public Candidate {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a candidate needs a sample: " + address);
    }
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
