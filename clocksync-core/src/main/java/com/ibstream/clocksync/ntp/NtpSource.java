package com.ibstream.clocksync.ntp;

import com.ibstream.clocksync.facts.NtpRejection;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One address of a configured server, with all that is remembered of it. Monitor thread only. */
public final class NtpSource {

  /** How many samples are kept for the fit: at the longest interval more than four hours. */
  public static final int SAMPLES_KEPT = 64;

  /** The reach register is empty by then. */
  private static final int HOPELESS_POLLS = 8;

  private final String server;
  private final InetSocketAddress address;
  private final String addressText;
  private final boolean isUndisciplinedAllowed;
  private final SourceSchedule schedule;
  private final SampleMemory memory = new SampleMemory(SAMPLES_KEPT);
  private final OpenExchanges exchanges = new OpenExchanges();
  private final Reach reach = new Reach();
  private SourceTally tally = SourceTally.EMPTY;
  private long lastSentMonoNanos;
  private long sentBeforeMonoNanos;
  private int failedAmongAnswersCount;

  /**
   * A source that has not been asked yet.
   *
   * @param server the name as configured
   * @param address resolved
   * @param isUndisciplinedAllowed whether it may follow its own clock
   * @param minPollNanos interval on trouble
   * @param maxPollNanos interval when all is well
   * @param burst how many exchanges in quick succession at the start
   */
  public NtpSource(
      String server,
      InetSocketAddress address,
      boolean isUndisciplinedAllowed,
      long minPollNanos,
      long maxPollNanos,
      int burst) {
    this.server = server;
    this.address = address;
    this.addressText = AddressText.of(address);
    this.isUndisciplinedAllowed = isUndisciplinedAllowed;
    this.schedule =
        new SourceSchedule(
            AddressBudgets.isNear(address.getAddress()), minPollNanos, maxPollNanos, burst);
  }

  /**
   * When the next request is due.
   *
   * @param nowMonoNanos the present, on the ruler
   * @param budgets what the address allows
   * @return an instant of the ruler; empty while one is under way, or if the server does not want
   *     us
   */
  public Optional<Long> dueMonoNanos(long nowMonoNanos, AddressBudgets budgets) {
    return reach.isEnded() || exchanges.isPending()
        ? Optional.empty()
        : budgets.earliestMonoNanos(address, schedule.wantedMonoNanos(nowMonoNanos));
  }

  /**
   * Notes that a request leaves.
   *
   * @param nowMonoNanos when, on the ruler
   */
  public void sent(long nowMonoNanos) {
    tally = tally.sent();
    sentBeforeMonoNanos = lastSentMonoNanos;
    lastSentMonoNanos = nowMonoNanos;
    reach.sent();
    schedule.sent(nowMonoNanos);
  }

  /**
   * Notes the exchange under way.
   *
   * @param exchange not finished yet
   */
  public void pending(NtpExchange exchange) {
    exchanges.began(exchange);
  }

  /**
   * Notes how the exchange under way ended.
   *
   * @param outcome its outcome
   * @param isNetworkAlive whether other servers answered meanwhile, so that silence is the server's
   *     own
   * @param patience how often it may be silent then until nobody waits for it any more
   */
  public void finished(NtpOutcome outcome, boolean isNetworkAlive, int patience) {
    exchanges.ended();
    tally = tally.finished(outcome);
    if (outcome instanceof NtpOutcome.Accepted accepted) {
      reach.heard();
      failedAmongAnswersCount = 0;
      memory.add(accepted.sample());
      schedule.accepted();
    } else if (outcome instanceof NtpOutcome.Refused refused) {
      schedule.troubled();
      reach.failed(refused.reason(), isNetworkAlive, patience);
      if (refused.reason() == NtpRejection.KISS_RATE) {
        schedule.slowDown();
      }
    }
  }

  /**
   * Notes that the exchange failed although other servers have answered since the one before. After
   * eight in a row the source is no trouble that could be mended by hurrying, and is asked at the
   * longest interval.
   */
  public void failedAmongAnswers() {
    failedAmongAnswersCount++;
    if (failedAmongAnswersCount >= HOPELESS_POLLS) {
      schedule.hopeless();
    }
  }

  /** When the last request but one left, nanoseconds of the ruler. */
  public long sentBeforeMonoNanos() {
    return sentBeforeMonoNanos;
  }

  /**
   * Counts a packet that came behind the end of an exchange; nothing else changes.
   *
   * @param reason what it was
   */
  public void straggled(NtpRejection reason) {
    tally = tally.straggled(reason);
  }

  /** Asks for short intervals: something is wrong somewhere. */
  public void troubled() {
    schedule.troubled();
  }

  /**
   * Asks for exchanges in quick succession.
   *
   * @param exchanges how many
   */
  public void burst(int exchanges) {
    schedule.burst(exchanges);
  }

  /**
   * Limits the interval between polls.
   *
   * @param nanos the greatest interval that keeps the error bound within bounds
   */
  public void capPoll(long nanos) {
    schedule.cap(nanos);
  }

  /**
   * Sets the turn of this source in the interval.
   *
   * @param fraction of the interval, counted on the ruler, over 0, up to 1
   */
  public void spread(double fraction) {
    schedule.spread(fraction);
  }

  /** Stops the exchange under way, if any, and closes every port. */
  public void abandon() {
    exchanges.close();
  }

  /**
   * Whether one of the last eight polls was answered well.
   *
   * @return false for a source that is lost, refused, or ended by its server
   */
  public boolean isReachable() {
    return reach.register() != 0;
  }

  /** Whether it should be replaced: eight polls in a row failed, or it does not want us. */
  public boolean isLost() {
    return reach.isLost();
  }

  /**
   * Whether nobody knows yet what this source will say, so that it may be an honest one that cannot
   * be heard.
   *
   * @return true at the start and after {@link #doubt()}, until it has answered or stayed silent
   *     long enough
   */
  public boolean isUndecided() {
    return reach.isUndecided();
  }

  /** Makes this source undecided: for a while there was no vote, perhaps no network. */
  public void doubt() {
    reach.doubt();
  }

  /** When the last request left, nanoseconds of the ruler. */
  public long lastSentMonoNanos() {
    return lastSentMonoNanos;
  }

  /** Whether the server told us to go away, for good (kiss DENY or RSTR). */
  public boolean isEnded() {
    return reach.isEnded();
  }

  /** Whether it has answered well and that is remembered. */
  public boolean hasSamples() {
    return !memory.samples().isEmpty();
  }

  /** Forgets so many of the oldest samples, fewer than there are: the latest contradicts them. */
  public void forgetOldest(int count) {
    memory.forgetOldest(count);
  }

  /** Forgets all samples and the exchange under way: our own clock may have stood still. */
  public void forget() {
    abandon();
    memory.clear();
  }

  /**
   * The samples kept, oldest first.
   *
   * @return immutable
   */
  public List<NtpSample> samples() {
    return memory.samples();
  }

  /** The latest sample; empty while nothing was proved. */
  public Optional<NtpSample> latestSample() {
    List<NtpSample> samples = memory.samples();
    return samples.isEmpty() ? Optional.empty() : Optional.of(samples.get(samples.size() - 1));
  }

  /**
   * Forgets samples, but never the latest.
   *
   * @param isKept which to keep
   */
  public void keep(Predicate<NtpSample> isKept) {
    memory.keep(isKept);
  }

  /** The name as configured, with the port where it is not 123. */
  public String server() {
    return server;
  }

  /** The address asked, resolved. */
  public InetSocketAddress address() {
    return address;
  }

  /** Numeric address and port; a reader of every status asks for it. */
  public String addressText() {
    return addressText;
  }

  /**
   * Whether this source may follow its own clock.
   *
   * @return true on loopback, or by configuration
   */
  public boolean isUndisciplinedAllowed() {
    return isUndisciplinedAllowed;
  }

  /** The last eight polls as bits; the latest is bit 0. */
  public int reach() {
    return reach.register();
  }

  /** The present interval between polls, nanoseconds. */
  public long pollNanos() {
    return schedule.pollNanos();
  }

  /** What has been counted up to now. */
  public SourceTally tally() {
    return tally;
  }
}
