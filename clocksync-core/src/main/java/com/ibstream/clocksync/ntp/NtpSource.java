package com.ibstream.clocksync.ntp;

import com.ibstream.clocksync.facts.NtpRejection;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One address of a configured server, with all that is remembered of it. Monitor thread only. */
public final class NtpSource {

  /** How many samples are kept for the fit: at the longest interval more than four hours. */
  public static final int SAMPLES_KEPT = 64;

  private static final int REACH_MASK = 0xFF;

  private final String server;
  private final InetSocketAddress address;
  private final boolean isUndisciplinedAllowed;
  private final SourceSchedule schedule;
  private final ArrayDeque<NtpSample> samples = new ArrayDeque<>();
  private final Map<NtpRejection, Long> rejections = new EnumMap<>(NtpRejection.class);
  private Optional<NtpRejection> lastRejection = Optional.empty();
  private String lastDetail = "";
  private Optional<NtpExchange> pending = Optional.empty();
  private int reach;
  private long sentCount;
  private long acceptedCount;
  private long finishedCount;
  private boolean isEnded;

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
    return isEnded || pending.isPresent()
        ? Optional.empty()
        : Optional.of(budgets.earliestMonoNanos(address, schedule.wantedMonoNanos(nowMonoNanos)));
  }

  /**
   * Notes that a request leaves.
   *
   * @param nowMonoNanos when, on the ruler
   */
  public void sent(long nowMonoNanos) {
    sentCount++;
    reach = (reach << 1) & REACH_MASK;
    schedule.sent(nowMonoNanos);
  }

  /**
   * Notes the exchange under way.
   *
   * @param exchange not finished yet
   */
  public void pending(NtpExchange exchange) {
    pending = Optional.of(exchange);
  }

  /**
   * Notes how the exchange under way ended.
   *
   * @param outcome its outcome
   */
  public void finished(NtpOutcome outcome) {
    pending = Optional.empty();
    finishedCount++;
    outcome.ignored().forEach(this::count);
    if (outcome instanceof NtpOutcome.Accepted accepted) {
      acceptedCount++;
      reach |= 1;
      lastRejection = Optional.empty();
      lastDetail = "";
      samples.addLast(accepted.sample());
      if (samples.size() > SAMPLES_KEPT) {
        samples.removeFirst();
      }
      schedule.accepted();
    } else if (outcome instanceof NtpOutcome.Refused refused) {
      count(refused.reason());
      lastRejection = Optional.of(refused.reason());
      lastDetail = refused.detail();
      schedule.troubled();
      obey(refused.reason());
    }
  }

  private void obey(NtpRejection reason) {
    if (reason == NtpRejection.KISS_RATE) {
      schedule.slowDown();
    } else if (reason == NtpRejection.KISS_DENY || reason == NtpRejection.KISS_RSTR) {
      isEnded = true;
      reach = 0;
    }
  }

  private void count(NtpRejection reason) {
    rejections.merge(reason, 1L, Long::sum);
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

  /** Stops the exchange under way, if any. */
  public void abandon() {
    pending.ifPresent(NtpExchange::abandon);
    pending = Optional.empty();
  }

  /**
   * Whether one of the last eight polls was answered well.
   *
   * @return false for a source that is lost, refused, or ended by its server
   */
  public boolean isReachable() {
    return reach != 0;
  }

  /**
   * Whether the first exchange is still open, so that nobody knows what this source will say.
   *
   * @return true until the first outcome
   */
  public boolean isUndecided() {
    return finishedCount == 0;
  }

  /**
   * Whether the server told us to go away (kiss DENY or RSTR).
   *
   * @return true for good
   */
  public boolean isEnded() {
    return isEnded;
  }

  /**
   * The samples kept, oldest first.
   *
   * @return a copy
   */
  public List<NtpSample> samples() {
    return new ArrayList<>(samples);
  }

  /**
   * The name as configured.
   *
   * @return host, with the port where it is not 123
   */
  public String server() {
    return server;
  }

  /**
   * The address asked.
   *
   * @return resolved
   */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Whether this source may follow its own clock.
   *
   * @return true on loopback, or by configuration
   */
  public boolean isUndisciplinedAllowed() {
    return isUndisciplinedAllowed;
  }

  /**
   * Why the last exchange proved nothing.
   *
   * @return empty if it was accepted, or if there was none
   */
  public Optional<NtpRejection> lastRejection() {
    return lastRejection;
  }

  /**
   * More about the last rejection.
   *
   * @return may be empty
   */
  public String lastDetail() {
    return lastDetail;
  }

  /**
   * How often each reason occurred.
   *
   * @return the counts
   */
  public Map<NtpRejection, Long> rejections() {
    return rejections;
  }

  /**
   * The last eight polls as bits.
   *
   * @return the latest is bit 0
   */
  public int reach() {
    return reach;
  }

  /**
   * The present interval between polls.
   *
   * @return nanoseconds
   */
  public long pollNanos() {
    return schedule.pollNanos();
  }

  /**
   * Requests sent.
   *
   * @return the number
   */
  public long sentCount() {
    return sentCount;
  }

  /**
   * Answers accepted.
   *
   * @return the number
   */
  public long acceptedCount() {
    return acceptedCount;
  }

  /**
   * Exchanges that ended, well or not.
   *
   * @return the number
   */
  public long finishedCount() {
    return finishedCount;
  }
}
