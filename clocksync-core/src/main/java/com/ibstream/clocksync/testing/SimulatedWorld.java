package com.ibstream.clocksync.testing;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.time.Ruler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * A world with a known truth, in which a whole monitor runs in simulated time: a machine with a
 * quartz and a system clock of its own, names, servers and the network between. Deterministic by
 * seed. It may begin in any year from 2004 to 2090. NOT safe for threads: everything happens inside
 * {@link #runFor}.
 */
public final class SimulatedWorld implements Ruler {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int NTP_PORT = 123;

  private final long seed;
  private final SimulatedTime time;
  private final SimulatedNetwork network;
  private final SplittableRandom random;
  private final FakeWallClock wallClock;
  private final FakeNameResolver names;
  private long leapsPlannedNanos;
  private boolean isWaitingPacketKept;

  /**
   * A world at a chosen true time, with a right system clock and a true ruler.
   *
   * @param seed makes it repeatable
   * @param start the true time
   */
  public SimulatedWorld(long seed, Instant start) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    long startNanos = epochNanos(start);
    long startMonoNanos = random.nextLong(); // overflow is always in play
    // Everything has chances of its own, so that a change in one place changes no other.
    SplittableRandom chances = new SplittableRandom(~seed);
    this.time =
        new SimulatedTime(startNanos, chances.nextLong(), startMonoNanos, chances.nextLong());
    this.network = new SimulatedNetwork(time, chances.split());
    this.wallClock = new FakeWallClock(this, startNanos);
    this.names =
        new FakeNameResolver(
            (delay, answer) -> time.deliver(time.nowNanos() + delay.toNanos(), answer));
  }

  static long epochNanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
  }

  @Override
  public long monoNanos() {
    return time.clocks().readMonoNanos();
  }

  /**
   * The truth.
   *
   * @return UTC, nanoseconds since 1970; goes back by a second in a leap second only
   */
  public long trueEpochNanos() {
    return time.utcEpochNanos();
  }

  /**
   * Makes the quartz, and with it the ruler, run fast or slow from now on; nothing jumps.
   *
   * @param ppm positive = the ruler gains time; shorthand for {@link SimulatedOscillator#skewPpm}
   */
  public void rulerErrorPpm(double ppm) {
    time.oscillator().skewPpm(ppm);
  }

  /**
   * The quartz of the machine: CLOCK_MONOTONIC_RAW runs with it.
   *
   * @return to be changed at will
   */
  public SimulatedOscillator oscillator() {
    return time.oscillator();
  }

  /**
   * Slews the ruler, and with it the system clock, as a time service does; the raw clock is not
   * slewed.
   *
   * @param ppm positive = faster than the raw clock from now on; zero ends it
   */
  public void slew(double ppm) {
    time.clocks().slewPpm(ppm);
  }

  /**
   * Sets what it costs to read the ruler or the system clock, so that brackets have a width.
   *
   * @param nanos true time that each read takes; zero at the start
   */
  public void rulerReadNanos(long nanos) {
    time.clocks().readNanos(nanos);
  }

  /**
   * Sets whether the kernel's own clocks can be read.
   *
   * @param newVisible false at the start
   */
  public void kernelClocks(boolean newVisible) {
    time.clocks().visible(newVisible);
  }

  /**
   * Sets whether the kernel believes that somebody steers its clock.
   *
   * @param newSynchronised true at the start
   */
  public void synchronised(boolean newSynchronised) {
    time.clocks().synchronised(newSynchronised);
  }

  /**
   * The system clock, to be set and stepped.
   *
   * @return runs with the ruler
   */
  public FakeWallClock wallClock() {
    return wallClock;
  }

  /**
   * The names of this world.
   *
   * @return knows literal addresses until it is told more
   */
  public FakeNameResolver names() {
    return names;
  }

  /**
   * Adds an honest server at stratum 1, 5 ms away each way.
   *
   * @param address literal address, IPv4 or IPv6
   * @return the server, to be changed at will
   */
  public SimulatedServer server(String address) {
    return server(address, NTP_PORT);
  }

  /**
   * Adds an honest server at another port.
   *
   * @param address literal address, IPv4 or IPv6
   * @param port where it listens
   * @return the server, to be changed at will
   */
  public SimulatedServer server(String address, int port) {
    SimulatedServer server =
        new SimulatedServer(new InetSocketAddress(InetAddresses.forString(address), port), time);
    network.add(server);
    return server;
  }

  /**
   * Takes the network of this machine down, or up: sending fails at once.
   *
   * @param newDown whether it is down
   */
  public void networkDown(boolean newDown) {
    network.down(newDown);
  }

  /**
   * Sets what becomes of packets that arrive while the machine sleeps or is frozen.
   *
   * @param newKept true = they are handed over on waking; false, at the start = they are lost
   */
  public void keepPacketsAsleep(boolean newKept) {
    isWaitingPacketKept = newKept;
  }

  /**
   * This world as a monitor sees it: no commands and no files; listeners are called at once.
   *
   * @return the seams
   */
  public Seams seams() {
    return new Seams(
        this,
        wallClock,
        network,
        names,
        time,
        time,
        new ScriptedCommands(),
        new FakeHostFiles(),
        time.clocks(),
        random,
        Runnable::run,
        Runnable::run);
  }

  /**
   * Plans something at a true time from now, whatever the machine does then.
   *
   * @param later how much later
   * @param action for example a fault
   */
  public void after(Duration later, Runnable action) {
    time.happen(time.nowNanos() + later.toNanos(), action);
  }

  /**
   * Plans an inserted leap second: UTC goes back by a second then. Honest servers follow it; the
   * system clock and the announcement in {@link SimulatedServer#leap} are up to the test.
   *
   * @param midnight the midnight that comes a second late; ahead, and after those planned before
   */
  public void leapSecond(Instant midnight) {
    long atNanos = epochNanos(midnight) + leapsPlannedNanos;
    if (atNanos <= time.nowNanos()) {
      throw new IllegalArgumentException("a leap second must lie ahead: " + midnight);
    }
    time.happen(atNanos, () -> time.leap(NANOS_PER_SECOND));
    leapsPlannedNanos += NANOS_PER_SECOND;
  }

  /**
   * Lets simulated time pass.
   *
   * @param duration true time
   */
  public void runFor(Duration duration) {
    time.runUntil(time.nowNanos() + duration.toNanos());
  }

  /**
   * Lets time pass while the process is stuck: the clocks and the world go on, but no task runs and
   * no packet is handed over before its end.
   *
   * @param duration true time
   */
  public void stall(Duration duration) {
    time.runOutsideUntil(time.nowNanos() + duration.toNanos());
  }

  /**
   * Suspends the machine: ruler and raw clock stand still, CLOCK_BOOTTIME goes on, nothing runs. On
   * waking the system clock is set forward by the sleep.
   *
   * @param duration true time
   * @param wallErrorNanos by how much more than the sleep the system clock is set forward
   */
  public void suspend(Duration duration, long wallErrorNanos) {
    long fromNanos = time.nowNanos();
    stop(duration, true);
    wallClock.step(time.nowNanos() - fromNanos + wallErrorNanos);
  }

  /**
   * Freezes the machine, as the migration of a virtual one does: every clock stands still, and
   * afterwards goes on as if nothing had been.
   *
   * @param duration true time
   */
  public void freeze(Duration duration) {
    stop(duration, false);
  }

  private void stop(Duration duration, boolean isSleep) {
    long fromNanos = time.nowNanos();
    time.clocks().stop(isSleep);
    time.runOutsideUntil(fromNanos + duration.toNanos());
    time.clocks().resume();
    if (!isWaitingPacketKept) {
      network.deaf(fromNanos, time.nowNanos());
    }
  }

  /**
   * Names the world, for the message of a failing test: {@code assertThat(...).as("%s", world)}.
   *
   * @return seed and true time
   */
  @Override
  public String toString() {
    long epochNanos = trueEpochNanos();
    Instant instant = Instant.ofEpochSecond(0, epochNanos);
    return "world with seed " + seed + " at " + instant;
  }
}
