package com.ibstream.clocksync.watch;

import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.seam.Scheduler;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostClockEvent;
import com.ibstream.clocksync.verdict.HostStatus;
import com.ibstream.clocksync.verdict.RepairEvent;
import com.ibstream.clocksync.verdict.RtcChanges;
import com.ibstream.clocksync.verdict.ServiceChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flat list of steps in which the host is watched: check the hardware clock, probe the service,
 * judge, decide about a repair and act, hand over. Runs on a scheduler whose tasks may block; only
 * {@link #hear} and {@link #end} may be called by others.
 */
public final class HostCycle {

  private static final Logger LOG = LoggerFactory.getLogger(HostCycle.class);

  /** While something is being done or verified, or a service is just starting. */
  private static final long BUSY_NANOS = 2_000_000_000L;

  /** Events may come in bursts; looks do not. */
  private static final long LEAST_NANOS = 500_000_000L;

  /** The tools of one look and the commands of an action, each as slow as it may be. */
  private static final long HANGING_NANOS = 120_000_000_000L;

  /** While something is wrong. */
  private static final long BAD_NANOS = 5_000_000_000L;

  private final Ruler ruler;
  private final Scheduler scheduler;
  private final long intervalNanos;
  private final Supplier<ClockStatus> status;
  private final Probe probe;
  private final Repairer repairer;
  private final BiConsumer<HostStatus, List<ClockEvent>> outlet;
  private final AtomicBoolean isWoken = new AtomicBoolean();
  private final RtcProbe rtcProbe;
  private Optional<ServiceFacts> service = Optional.empty();
  private Optional<RtcFacts> rtc = Optional.empty();
  private OptionalLong plannedMonoNanos = OptionalLong.empty();
  private volatile long earliestMonoNanos;
  private volatile boolean isEnded;

  /** Looks at the time service. May block for a limited time. */
  @FunctionalInterface
  public interface Probe {

    /**
     * Looks.
     *
     * @param kernel what the kernel says of its clock; empty if nobody asked it just now
     * @param systemClock the system clock against trusted time; empty if there is none
     * @return what was found
     */
    ServiceFacts probe(Optional<KernelFacts> kernel, Optional<SystemClockFacts> systemClock);
  }

  /** Looks at the hardware clock. May block for a limited time. */
  @FunctionalInterface
  public interface RtcProbe {

    /**
     * Looks.
     *
     * @param isKernelFree whether the kernel is known not to set the hardware clock now
     * @return what was found
     */
    RtcFacts look(boolean isKernelFree);
  }

  /** Does what there is to do. May block for a limited time. */
  public interface Repairer {

    /**
     * Verifies, decides, acts.
     *
     * @param status what is true now, the host included
     * @param present the same as it is when it is asked, which is right before an action begins;
     *     throws once the cycle has ended
     * @return what changed
     */
    List<RepairEvent> turn(ClockStatus status, Supplier<ClockStatus> present);

    /**
     * How that stands.
     *
     * @return after the latest turn
     */
    RepairFacts facts();
  }

  /**
   * A cycle that has not begun.
   *
   * @param ruler the clock that never jumps
   * @param scheduler where it runs
   * @param intervalNanos the time between two looks while all is well
   * @param status what is known of time
   * @param probe looks at the time service
   * @param rtcProbe looks at the hardware clock
   * @param repairer acts
   * @param outlet told of every look and what changed by it, on the thread of the scheduler
   */
  public HostCycle(
      Ruler ruler,
      Scheduler scheduler,
      long intervalNanos,
      Supplier<ClockStatus> status,
      Probe probe,
      RtcProbe rtcProbe,
      Repairer repairer,
      BiConsumer<HostStatus, List<ClockEvent>> outlet) {
    this.ruler = ruler;
    this.scheduler = scheduler;
    this.intervalNanos = intervalNanos;
    this.status = status;
    this.probe = probe;
    this.rtcProbe = rtcProbe;
    this.repairer = repairer;
    this.outlet = outlet;
    this.earliestMonoNanos = ruler.monoNanos();
  }

  /** Plans the first look. */
  public void begin() {
    wake();
  }

  /** No look begins after this. Any thread. */
  public void end() {
    isEnded = true;
  }

  /** Looks at once where an event calls for it. Any thread; returns at once. */
  public void hear(ClockEvent event) {
    if (event instanceof HostClockEvent.ClockJumped
        || event instanceof ClockEvent.TrustChanged
        || event instanceof HostClockEvent.SystemClockChanged
        || event instanceof HostClockEvent.ClaimChanged) {
      wake();
    }
  }

  private void wake() {
    if (isWoken.compareAndSet(false, true)) {
      scheduler.schedule(earliestMonoNanos, this::look);
    }
  }

  private void look() {
    isWoken.set(false);
    if (!isEnded) {
      run();
    }
  }

  private void lookIfDue() {
    boolean isDue =
        plannedMonoNanos.isPresent() && ruler.monoNanos() - plannedMonoNanos.getAsLong() >= 0;
    if (!isEnded && isDue) {
      run();
    }
  }

  /** One look. Plans the next one also if it fails. */
  private void run() {
    long nextNanos = BAD_NANOS;
    try {
      ClockStatus before = status.get();
      boolean isPresent = !before.isStalled() && !before.isClosed();
      List<ClockEvent> events = new ArrayList<>();
      checkHardwareClock(before.kernel().filter(facts -> isPresent), events);
      if (events.stream().anyMatch(ClockEvent::isWarning) && !isEnded) {
        hand(repairer.facts(), events); // bad news do not wait for slow tools
        events.clear();
      }
      ServiceFacts found =
          probe.probe(
              before.kernel().filter(facts -> isPresent),
              before.systemClock().filter(facts -> isPresent));
      events.addAll(ServiceChanges.between(service, found));
      service = Optional.of(found);
      if (isEnded) {
        return; // while it was looked at; others may repair the host by now
      }
      try {
        events.addAll(repairer.turn(present(), this::presentUnlessEnded));
      } catch (RuntimeException e) {
        hand(failed(e), events); // what was seen counts all the same
        throw e;
      }
      hand(repairer.facts(), events);
      nextNanos = untilNextNanos(found, repairer.facts());
    } finally {
      planNext(nextNanos);
    }
  }

  /** A failure there hides nothing else. */
  private void checkHardwareClock(Optional<KernelFacts> kernel, List<ClockEvent> events) {
    RtcFacts seen;
    try {
      seen = rtcProbe.look(kernel.filter(facts -> !facts.isSynchronised()).isPresent());
    } catch (RuntimeException e) {
      seen = RtcFacts.unseen(ruler.monoNanos(), "looking at it failed: " + e);
      if (rtc.map(RtcFacts::reason).filter(seen.reason()::equals).isEmpty()) {
        LOG.error("the hardware clock was not looked at; told once", e);
      }
    }
    events.addAll(RtcChanges.between(rtc, seen));
    rtc = Optional.of(seen);
  }

  private void hand(RepairFacts repair, List<ClockEvent> events) {
    outlet.accept(
        new HostStatus(service, rtc, Optional.of(repair), lifeNanos()), List.copyOf(events));
  }

  private RepairFacts failed(RuntimeException e) {
    RepairFacts facts = repairer.facts();
    return new RepairFacts(
        facts.mode(), "the repairs failed: " + e, facts.wanted(), false, facts.attempts());
  }

  /** Asked right before an action, which may not begin any more once others may repair the host. */
  private ClockStatus presentUnlessEnded() {
    if (isEnded) {
      throw new IllegalStateException("this monitor has ended");
    }
    return present();
  }

  private ClockStatus present() {
    ClockStatus now = status.get();
    return now.withHost(new HostStatus(service, rtc, now.host().repair(), lifeNanos()));
  }

  /**
   * How long what was seen may be believed, and how long the first look may take: some looks may be
   * missed, and one may hang.
   *
   * @return ns
   */
  public long lifeNanos() {
    return 3 * intervalNanos + HANGING_NANOS;
  }

  private long untilNextNanos(ServiceFacts found, RepairFacts repair) {
    if (!repair.isSettled() || found.state() == ServiceFacts.State.STARTING) {
      return Math.min(intervalNanos, BUSY_NANOS);
    }
    return found.state().isBad() || repair.wanted().isPresent()
        ? Math.min(intervalNanos, BAD_NANOS)
        : intervalNanos;
  }

  private void planNext(long laterNanos) {
    long nowMonoNanos = ruler.monoNanos();
    earliestMonoNanos = nowMonoNanos + Math.min(laterNanos, LEAST_NANOS);
    long atMonoNanos = nowMonoNanos + laterNanos;
    plannedMonoNanos = OptionalLong.of(atMonoNanos);
    scheduler.schedule(atMonoNanos, this::lookIfDue);
  }
}
