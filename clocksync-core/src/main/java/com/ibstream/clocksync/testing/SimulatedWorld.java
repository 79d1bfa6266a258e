package com.ibstream.clocksync.testing;

import com.ibstream.clocksync.seam.Scheduler;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.seam.UdpTransport;
import com.ibstream.clocksync.time.Ruler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A world with a known truth, in which a whole monitor runs in simulated time: a ruler with an
 * error of its own, a system clock, names, servers and the network between. Deterministic by seed.
 * NOT safe for threads: everything happens inside {@link #runFor}.
 */
public final class SimulatedWorld implements Ruler {

  private static final double PPM = 1e-6;
  private static final InetSocketAddress OUR_ADDRESS = new InetSocketAddress(loopback(), 40_000);

  private final RandomGenerator random;
  private final FakeWallClock wallClock;
  private final FakeNameResolver names = new FakeNameResolver();
  private final Map<InetSocketAddress, SimulatedServer> servers = new HashMap<>();
  private final PriorityQueue<Happening> tasks = new PriorityQueue<>(SimulatedWorld::inOrder);
  private final PriorityQueue<Happening> packets = new PriorityQueue<>(SimulatedWorld::inOrder);
  private long count;
  private long trueEpochNanos;
  private long anchorTrueNanos;
  private long anchorMonoNanos;
  private double rulerErrorPpm;

  /** Something planned: tasks by the ruler, packets by true time. */
  private record Happening(long atNanos, long number, Runnable action) {}

  /**
   * A world at a chosen true time, with a right system clock and a true ruler.
   *
   * @param seed makes it repeatable
   * @param start the true time
   */
  public SimulatedWorld(long seed, Instant start) {
    this.random = new SplittableRandom(seed);
    this.trueEpochNanos =
        Math.addExact(Math.multiplyExact(start.getEpochSecond(), 1_000_000_000L), start.getNano());
    this.anchorTrueNanos = trueEpochNanos;
    this.anchorMonoNanos = random.nextLong(); // overflow is always in play
    this.wallClock = new FakeWallClock(this, trueEpochNanos);
  }

  private static int inOrder(Happening a, Happening b) {
    long difference = a.atNanos == b.atNanos ? a.number - b.number : a.atNanos - b.atNanos;
    return Long.signum(difference);
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public long monoNanos() {
    return monoAt(trueEpochNanos);
  }

  private long monoAt(long trueNanos) {
    long elapsed = trueNanos - anchorTrueNanos;
    return anchorMonoNanos + elapsed + Math.round(elapsed * (rulerErrorPpm * PPM));
  }

  private long trueAt(long monoNanos) {
    long elapsed = monoNanos - anchorMonoNanos;
    long guess = anchorTrueNanos + Math.round(elapsed / (1 + rulerErrorPpm * PPM));
    while (monoAt(guess) - monoNanos < 0) {
      guess++; // rounding: a task never runs before its instant
    }
    return guess;
  }

  /**
   * The truth.
   *
   * @return UTC, nanoseconds since 1970
   */
  public long trueEpochNanos() {
    return trueEpochNanos;
  }

  /**
   * Makes the ruler run fast or slow from now on; it never jumps.
   *
   * @param ppm positive = the ruler gains time
   */
  public void rulerErrorPpm(double ppm) {
    anchorMonoNanos = monoNanos();
    anchorTrueNanos = trueEpochNanos;
    rulerErrorPpm = ppm;
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
   * @param address literal address
   * @return the server, to be changed at will
   */
  public SimulatedServer server(String address) {
    SimulatedServer server = new SimulatedServer(address, 123);
    servers.put(server.address(), server);
    return server;
  }

  /**
   * This world as a monitor sees it: no commands, no files, no kernel clocks; listeners are called
   * at once.
   *
   * @return the seams
   */
  public Seams seams() {
    return new Seams(
        this,
        wallClock,
        transport(),
        names,
        scheduler(),
        new ScriptedCommands(),
        new FakeHostFiles(),
        new FakeKernelClocks(),
        random,
        Runnable::run);
  }

  /**
   * Plans something at a true time from now.
   *
   * @param later how much later
   * @param action for example a fault
   */
  public void after(Duration later, Runnable action) {
    packets.add(new Happening(trueEpochNanos + later.toNanos(), count++, action));
  }

  /**
   * Lets simulated time pass.
   *
   * @param duration true time
   */
  public void runFor(Duration duration) {
    long endNanos = trueEpochNanos + duration.toNanos();
    while (true) {
      Optional<Long> task =
          Optional.ofNullable(tasks.peek()).map(t -> Math.max(trueAt(t.atNanos), trueEpochNanos));
      Optional<Long> packet = Optional.ofNullable(packets.peek()).map(Happening::atNanos);
      boolean isTask = task.isPresent() && (packet.isEmpty() || task.get() <= packet.get());
      Optional<Long> next = isTask ? task : packet;
      if (next.isEmpty() || next.get() > endNanos) {
        trueEpochNanos = endNanos;
        return;
      }
      trueEpochNanos = next.get();
      (isTask ? tasks : packets).remove().action.run();
    }
  }

  /**
   * Lets time pass while everything inside is stuck: no task runs, no packet is handed over.
   *
   * @param duration true time
   */
  public void stall(Duration duration) {
    trueEpochNanos += duration.toNanos();
  }

  private Scheduler scheduler() {
    return (atMonoNanos, task) -> tasks.add(new Happening(atMonoNanos, count++, task));
  }

  private UdpTransport transport() {
    return (server, payload, receiver) -> {
      SimulatedFlight flight = new SimulatedFlight(monoNanos());
      SimulatedServer host = servers.get(server);
      if (host != null && !host.isLost(random)) {
        long arrivesNanos = trueEpochNanos + host.thereNanos(random);
        packets.add(
            new Happening(arrivesNanos, count++, () -> answer(host, payload, receiver, flight)));
      }
      return flight;
    };
  }

  private void answer(
      SimulatedServer host,
      byte[] request,
      UdpTransport.UdpReceiver receiver,
      SimulatedFlight flight) {
    if (host.isLost(random)) {
      return;
    }
    byte[] reply = host.answer(request, trueEpochNanos);
    long arrivesNanos = trueEpochNanos + host.backNanos(random);
    packets.add(
        new Happening(
            arrivesNanos,
            count++,
            () -> {
              if (!flight.isClosed) {
                receiver.received(host.address(), OUR_ADDRESS, reply, monoNanos());
              }
            }));
  }

  private static final class SimulatedFlight implements UdpTransport.UdpFlight {

    private final long sentMonoNanos;
    private boolean isClosed;

    SimulatedFlight(long sentMonoNanos) {
      this.sentMonoNanos = sentMonoNanos;
    }

    @Override
    public long sentMonoNanos() {
      return sentMonoNanos;
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
