package com.ibstream.clocksync;

import com.ibstream.clocksync.estimate.RateProof;
import com.ibstream.clocksync.ntp.NtpSource;
import com.ibstream.clocksync.system.RawMapping;
import com.ibstream.clocksync.time.LineProposal;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.RateBounds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the assumption that every bound rests on: how far off the oscillator is at most. Where
 * most servers prove that it is further off, that is assumed from then on. Monitor thread only.
 */
final class OscillatorWatch {

  private static final Logger LOG = LoggerFactory.getLogger(OscillatorWatch.class);

  /** Later proofs will say a little more or less. */
  private static final double RESERVE = 1.25;

  private static final double PPM = 1e-6;

  private final OwnClocks clocks;
  private final double changePpm;
  private final Map<NtpSource, RateProof> proofs = new WeakHashMap<>();

  /**
   * Nothing was proved yet.
   *
   * @param clocks told what is proved
   * @param changePpm how far the rate may leave its mean for a while
   */
  OscillatorWatch(OwnClocks clocks, double changePpm) {
    this.clocks = clocks;
    this.changePpm = changePpm;
  }

  /**
   * What was proved of our clock.
   *
   * @param errorPpm how far off it is at least to be taken for, either way
   * @param sinceMonoNanos since when the bounds were too narrow, on the ruler
   */
  record Finding(double errorPpm, long sinceMonoNanos) {}

  /**
   * Looks at what the sources said last; assumes nothing else yet.
   *
   * @param electorate how many sources could speak
   * @return present if it is proved now that our clock is further off than is assumed
   */
  Optional<Finding> take(List<NtpSource> speakers, int electorate, RawMapping mapping) {
    RateBounds assumed = clocks.farRates();
    List<Double> errorsPpm = new ArrayList<>();
    long sinceRawNanos = mapping.rawNanos();
    for (NtpSource source : speakers) {
      RateProof proof = proofs.computeIfAbsent(source, any -> new RateProof());
      source.latestSample().ifPresent(sample -> proof.take(sample, assumed, changePpm));
      Optional<Double> errorPpm = proof.errorPpm(mapping.rawNanos());
      if (errorPpm.isPresent()) {
        errorsPpm.add(errorPpm.get());
        sinceRawNanos = Math.min(sinceRawNanos, proof.sinceRawNanos());
      }
    }
    if (2 * errorsPpm.size() <= electorate) {
      return Optional.empty();
    }
    Collections.sort(errorsPpm);
    // At least one of those up to here is honest, if most are.
    double provedPpm = Math.ceil(errorsPpm.get((electorate - 1) / 2) + changePpm);
    if (provedPpm <= clocks.errorPpm()) {
      return Optional.empty();
    }
    return Optional.of(new Finding(provedPpm * RESERVE, mapping.monoNanosAt(sinceRawNanos)));
  }

  /** Widens all bounds from now on. */
  void assume(Finding finding) {
    clocks.assumeErrorPpm(finding.errorPpm);
    proofs.clear();
  }

  /** Tells what is assumed now, if the log can take it: what is to be withdrawn matters more. */
  void tell() {
    try {
      LOG.warn(
          "most servers prove that our clock is further off than was assumed: {} ppm are assumed"
              + " from now on; set frequency.tolerance.ppm (slew.allowance.ppm where the kernel's raw"
              + " clock is not seen) so that they hold that",
          clocks.errorPpm());
    } catch (RuntimeException | Error unreportable) {
      // The withdrawal is told as an event, too.
    }
  }

  /** All stamps since the finding as those in doubt; a line that stood before it. */
  Reversals.InDoubt inDoubt(LineProjection line, Finding finding) {
    long sinceMonoNanos = finding.sinceMonoNanos;
    LineProposal before = line.onRuler();
    double elapsedNanos = before.asOfMonoNanos() - sinceMonoNanos;
    long partedNanos = (long) (Math.abs(elapsedNanos) * (clocks.errorPpm() * PPM));
    return new Reversals.InDoubt(
        sinceMonoNanos,
        before.earliestAt(sinceMonoNanos) - partedNanos - LinePublisher.MAX_SLEW_NANOS);
  }

  /** The machine may have slept: spans across that prove nothing. */
  void forget() {
    proofs.clear();
  }
}
