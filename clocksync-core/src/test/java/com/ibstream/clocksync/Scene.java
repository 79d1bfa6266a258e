package com.ibstream.clocksync;

import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.testing.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A simulated world that a {@link FaultScript} furnishes: servers honest and not, paths, and faults
 * at chosen times of an episode.
 */
final class Scene {

  static final long MICRO = 1_000L;
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;
  static final long MINUTE = 60 * SECOND;

  /** A quartz in a room: 1e-9 per root second. */
  static final double USUAL_WANDER = 1e-9;

  /** How long one episode of faults lasts. */
  static final long EPISODE = 100 * MINUTE;

  /** A fault of this machine's own clocks, at a true time after the start. */
  record ClockFault(long atNanos, Runnable action) {}

  final SplittableRandom random;
  final SimulatedWorld world;
  final List<SimulatedServer> honest = new ArrayList<>();
  final List<SimulatedServer> liars = new ArrayList<>();
  final PriorityQueue<ClockFault> clockFaults =
      new PriorityQueue<>((a, b) -> Long.compare(a.atNanos, b.atNanos));

  /** Asks the servers in another order than honest first. */
  boolean isLiarsFirst;

  boolean isKernelSeen;
  private final long startNanos;

  Scene(long seed, Instant start) {
    this.random = new SplittableRandom(seed);
    this.world = new SimulatedWorld(seed, start);
    this.startNanos = world.trueEpochNanos();
    this.isKernelSeen = random.nextBoolean();
    // A quartz of an ordinary machine, within what the configuration allows.
    world.oscillator().skewPpm(random.nextDouble(-9, 9)).wander(USUAL_WANDER);
  }

  /** True time since the start. */
  long elapsedNanos() {
    return world.trueEpochNanos() - startNanos;
  }

  /**
   * Adds honest servers, each somewhere else in the network, with errors within what they claim.
   */
  Scene honest(int count, Consumer<SimulatedServer> path) {
    for (int i = 0; i < count; i++) {
      SimulatedServer server = server();
      long claimed = random.nextLong(50 * MICRO, 2 * MILLI);
      server
          .root(random.nextLong(0, 10 * MILLI), claimed)
          .error(random.nextLong(-claimed, claimed + 1));
      path.accept(server);
      honest.add(server);
    }
    return this;
  }

  /** Adds servers that are not honest, on paths as good as any. */
  Scene liars(int count, Consumer<SimulatedServer> lie) {
    for (int i = 0; i < count; i++) {
      SimulatedServer server = server();
      wan(server);
      lie.accept(server);
      liars.add(server);
    }
    return this;
  }

  private SimulatedServer server() {
    return world.server("192.0.2." + (honest.size() + liars.size() + 1));
  }

  /** Plans something of the world outside at a minute of the episode. */
  void at(double minute, Runnable action) {
    world.after(
        Duration.ofNanos(Math.max(0, Math.round(minute * MINUTE) - elapsedNanos())), action);
  }

  /** Plans something that this machine's own clocks do, at a minute of the episode. */
  void clockAt(double minute, Runnable action) {
    clockFaults.add(new ClockFault(Math.round(minute * MINUTE), action));
  }

  double minute() {
    return random.nextDouble(2, 95);
  }

  SimulatedServer anyHonest() {
    return honest.get(random.nextInt(honest.size()));
  }

  void all(Consumer<SimulatedServer> change) {
    honest.forEach(change);
    liars.forEach(change);
  }

  /** Honest servers are there again, and no packet is lost. */
  void calm() {
    honest.forEach(server -> server.loss(0).silent(false).sourceLost(false));
    honest.forEach(server -> server.path().heavyTail(0, 1, 1.5, 1));
  }

  /** Paths. */
  void lan(SimulatedServer server) {
    server.path(random.nextLong(50, 200) * MICRO, random.nextLong(50, 200) * MICRO, 10.0 * MICRO);
  }

  void metro(SimulatedServer server) {
    server.path(random.nextLong(1, 3) * MILLI, random.nextLong(1, 3) * MILLI, 200.0 * MICRO);
  }

  void wan(SimulatedServer server) {
    server.path(random.nextLong(5, 40) * MILLI, random.nextLong(5, 40) * MILLI, 2.0 * MILLI);
  }

  void any(SimulatedServer server) {
    switch (random.nextInt(3)) {
      case 0 -> lan(server);
      case 1 -> metro(server);
      default -> wan(server);
    }
  }

  /** All of the delay on one way. */
  void lopsided(SimulatedServer server) {
    long delay = random.nextLong(1, 60) * MILLI;
    boolean isThere = random.nextBoolean();
    server.path(isThere ? delay : MICRO, isThere ? MICRO : delay, 500.0 * MICRO);
  }

  /** A lie of any size, from within an honest interval to eras away. */
  long lie() {
    return switch (random.nextInt(7)) {
      case 0 -> random.nextLong(-20 * MILLI, 20 * MILLI);
      case 1 -> random.nextLong(-300 * MILLI, 300 * MILLI);
      case 2 -> 37 * SECOND;
      case 3 -> -61_200 * SECOND;
      case 4 -> random.nextBoolean() ? SECOND : -SECOND;
      case 5 -> (random.nextBoolean() ? 1 : -1) * 1024L * 7 * 86_400 * SECOND;
      default -> random.nextLong(-5 * SECOND, 5 * SECOND);
    };
  }

  /** Keeps requests for a while before it answers. */
  void slow(SimulatedServer server) {
    any(server);
    server.hold(random.nextLong(1, 800) * MILLI);
  }

  String kiss() {
    return switch (random.nextInt(4)) {
      case 0 -> "RATE";
      case 1 -> "DENY";
      case 2 -> "RSTR";
      default -> "INIT";
    };
  }
}
