package com.ibstream.clocksync;

import com.ibstream.clocksync.testing.SimulatedServer;
import com.ibstream.clocksync.testing.Tampering;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What may go wrong, by name. Each script furnishes a {@link Scene} once and plans its faults again
 * for each episode. In all of them a strict majority of the servers is honest.
 */
enum FaultScript {
  CALM_LAN(s -> s.honest(4, s::lan)),
  CALM_METRO(s -> s.honest(4, s::metro)),
  CALM_WAN(s -> s.honest(4, s::wan)),
  NEAR_AND_FAR(s -> s.honest(5, s::any)),
  CROWDED_LINES(s -> s.honest(4, p -> crowded(s, p))),
  LOSS_OF_A_TWENTIETH(s -> s.honest(4, p -> lossy(s, p, 0.05))),
  LOSS_OF_A_THIRD(s -> s.honest(5, p -> lossy(s, p, 0.33))),
  ALL_DELAY_ON_ONE_WAY(s -> s.honest(3, s::lopsided)),
  TWO_LOPSIDED_OF_FOUR(s -> s.honest(2, s::metro).honest(2, s::lopsided)),
  REORDERED_AND_DOUBLED(
      s ->
          s.honest(4, p -> p.path().delay(2_000_000, 2_000_000).jitter(3e7, 3e7).duplication(0.3))),
  SINGLE_SOURCE(s -> s.honest(1, s::any)),
  ROUTES_CHANGE(s -> s.honest(4, s::wan), s -> repeat(s, 8, () -> s.any(s.anyHonest()))),
  SHORT_OUTAGES(
      s -> s.honest(4, s::any).liars(1, p -> p.error(s.lie())),
      s -> repeat(s, 4, () -> outage(s, 2))),
  LONG_OUTAGE(s -> s.honest(3, s::any), s -> s.at(s.minute(), () -> outage(s, 40))),
  LATE_NETWORK(
      s -> {
        s.honest(3, s::wan).liars(2, p -> p.error(s.lie()));
        s.world.networkDown(true);
        s.world.after(Duration.ofMinutes(7), () -> s.world.networkDown(false));
      }),
  FLAPPING_NETWORK(
      s -> s.honest(3, s::any).liars(2, p -> p.error(s.lie())),
      s -> repeat(s, 30, () -> outage(s, 0.5))),
  SERVERS_COME_AND_GO(
      s -> s.honest(5, s::any),
      s -> repeat(s, 20, () -> s.anyHonest().silent(s.random.nextBoolean()))),
  PORTS_CLOSE(
      s -> s.honest(4, s::any),
      s -> repeat(s, 10, () -> s.anyHonest().portClosed(s.random.nextBoolean()))),
  ONE_LIAR(s -> s.honest(2, s::any).liars(1, p -> p.error(s.lie()))),
  TWO_LIARS_AGREE(s -> sameLie(s.honest(3, s::any), 2)),
  THREE_LIARS_AGREE(s -> sameLie(s.honest(4, s::any), 3)),
  LIARS_DISAGREE(s -> s.honest(4, s::any).liars(3, p -> p.error(s.lie()))),
  LIARS_ARE_NEARER(
      s -> {
        s.honest(3, s::wan);
        long lie = s.lie();
        s.liars(2, p -> p.error(lie).path(30_000, 30_000, 1_000));
        s.isLiarsFirst = true;
      }),
  LIARS_CLAIM_NO_ERROR(
      s -> s.honest(3, s::wan).liars(2, p -> p.error(s.lie() % 30_000_000).root(0, 0))),
  LIARS_PULL_AT_THE_EDGE(
      s -> {
        s.honest(3, s::wan);
        long pull = s.random.nextLong(1, 25) * Scene.MILLI;
        s.liars(2, p -> p.error(pull).root(0, 0).path(100_000, 100_000, 0));
      }),
  LIARS_CREEP_AWAY(
      s -> s.honest(3, s::any).liars(2, p -> p.clock().driftPpm(s.random.nextDouble(-300, 300)))),
  LIARS_SWING(
      s ->
          s.honest(3, s::wan)
              .liars(2, p -> p.clock().swing(40 * Scene.MILLI, Duration.ofMinutes(9)))),
  LIARS_STEP(
      s -> s.honest(3, s::any).liars(2, p -> {}),
      s -> repeat(s, 10, () -> s.liars.forEach(p -> p.error(s.lie())))),
  LIARS_MEND_AND_RELAPSE(
      s -> s.honest(3, s::wan).liars(2, p -> {}),
      s ->
          repeat(s, 10, () -> s.liars.forEach(p -> p.error(s.random.nextBoolean() ? 0 : s.lie())))),
  LIARS_SHARE_A_PARENT(
      s ->
          s.honest(4, s::any)
              .liars(3, p -> p.error(37 * Scene.SECOND).identity(2, "198.51.100.7"))),
  LIARS_COPY_THE_HONEST_PARENT(
      s -> {
        s.honest(3, s::any).liars(2, p -> p.error(s.lie()));
        s.all(p -> p.identity(2, "198.51.100.7"));
        s.honest.get(0).identity(1, "GPS");
        s.honest.get(1).identity(1, "PPS");
      }),
  LIARS_AFTER_EACH_OUTAGE(
      s -> s.honest(3, s::wan).liars(2, p -> p.error(s.lie()).path(200_000, 200_000, 0)),
      s -> repeat(s, 3, () -> outage(s, 11))),
  SMEARING_MINORITY(
      s ->
          s.honest(3, s::any).liars(2, p -> p.clock().driftPpm(11.6).swing(1, Duration.ofDays(1)))),
  FORGED_ANSWERS(s -> s.honest(3, p -> forged(s, p))),
  WRONG_COOKIES(
      s -> s.honest(3, s::any).liars(2, p -> p.tamper(Tampering.cookie(s.random.nextLong())))),
  CUT_AND_STRETCHED_PACKETS(
      s ->
          s.honest(2, s::any)
              .honest(1, p -> p.tamper(Tampering.extended(new byte[24])))
              .liars(2, p -> p.tamper(Tampering.truncated(s.random.nextInt(48))))),
  ANY_OCTET(
      s ->
          s.honest(4, s::any)
              .liars(
                  3,
                  p ->
                      p.tamper(
                          b ->
                              Tampering.octet(s.random.nextInt(48), s.random.nextInt(256))
                                  .apply(b)))),
  KISSES(
      s -> s.honest(4, s::any).liars(2, p -> {}),
      s -> repeat(s, 4, () -> s.liars.forEach(p -> p.identity(0, s.kiss())))),
  ANSWERS_FROM_ELSEWHERE(s -> s.honest(3, s::any).liars(2, p -> p.answersFrom("203.0.113.9"))),
  STAMPS_OUT_OF_ORDER(
      s ->
          s.honest(3, s::any)
              .liars(
                  2,
                  p ->
                      p.stamps(
                          s.random.nextLong(-9, 9) * Scene.MILLI,
                          s.random.nextLong(-9, 9) * Scene.MILLI))),
  NOT_SYNCHRONISED(
      s -> s.honest(3, s::any).liars(1, p -> p.leap(3)).liars(1, p -> p.identity(16, "X"))),
  SOURCES_LOST(
      s -> s.honest(4, s::any),
      s -> repeat(s, 4, () -> s.anyHonest().sourceLost(s.random.nextBoolean()))),
  ANSWERS_TOO_LATE(s -> s.honest(3, s::any).liars(2, p -> p.path(1_500 * Scene.MILLI, 1, 1e8))),
  SLOW_SERVERS(s -> s.honest(3, s::slow)),
  SYSTEM_CLOCK_STEPS(
      s -> s.honest(4, s::any).liars(1, p -> p.error(s.lie())),
      s -> clock(s, 8, () -> s.world.wallClock().step(s.lie()))),
  SLEEP(
      s -> s.honest(4, s::any).liars(1, p -> p.error(s.lie())),
      s -> clock(s, 5, () -> sleep(s, false))),
  SLEEP_WITH_PACKETS_ON_WAKING(s -> s.honest(3, s::wan), s -> clock(s, 5, () -> sleep(s, true))),
  SLEEP_DURING_OUTAGE(
      s -> s.honest(3, s::any).liars(2, p -> p.error(s.lie())),
      s -> {
        s.at(20, () -> outage(s, 5));
        s.clockAt(22, () -> sleep(s, false));
      }),
  SLEWED_AS_ALLOWED(
      s -> s.honest(4, s::any),
      s -> clock(s, 12, () -> s.world.slew(s.random.nextDouble(-499, 499)))),
  SLEWED_AS_CHRONYD_DOES(
      s -> seen(s).honest(4, s::any), s -> clock(s, 6, () -> slewFor(s, 83_333))),
  SLEWED_ALL_THE_TIME(
      s -> seen(s).honest(3, s::any),
      s -> clock(s, 20, () -> s.world.slew(s.random.nextDouble(-83_333, 83_333)))),
  SLEWED_WHILE_LIARS_LIE(
      s -> sameLie(seen(s).honest(3, s::wan), 2), s -> clock(s, 6, () -> slewFor(s, 20_000))),
  STALLS(
      s -> s.honest(4, s::any).liars(1, p -> p.error(s.lie())),
      s -> clock(s, 10, () -> s.world.stall(Duration.ofMillis(s.random.nextLong(1, 20_000))))),
  KERNEL_FALLS_SILENT(s -> seen(s).honest(4, s::any), s -> clock(s, 4, () -> silence(s, () -> {}))),
  SLEEP_WHILE_THE_KERNEL_IS_SILENT(
      s -> seen(s).honest(4, s::any), s -> clock(s, 4, () -> silence(s, () -> sleep(s, false)))),
  SLEWED_WHILE_THE_KERNEL_IS_SILENT(
      s -> seen(s).honest(4, s::any), s -> clock(s, 4, () -> silence(s, () -> slewFor(s, 83_333)))),
  SLOW_CLOCK_READS(
      s -> {
        s.world.rulerReadNanos(s.random.nextLong(20, 3_000));
        seen(s).honest(4, s::any);
      },
      s -> clock(s, 4, () -> slewFor(s, 5_000))),
  TEMPERATURE_STEPS(
      s -> s.honest(4, s::lan),
      s -> {
        s.clockAt(s.random.nextDouble(2, 45), () -> s.world.oscillator().stepPpm(0.5));
        s.clockAt(s.random.nextDouble(50, 95), () -> s.world.oscillator().stepPpm(-0.5));
      }),
  TEMPERATURE_SWINGS(
      s -> {
        s.world.oscillator().swing(0.8, Duration.ofMinutes(45));
        s.honest(4, s::lan);
      }),
  TEN_TIMES_THE_WANDER(
      s -> s.honest(4, s::lan),
      s -> {
        s.at(0, () -> s.world.oscillator().wander(1e-8));
        s.at(99, () -> s.world.oscillator().wander(Scene.USUAL_WANDER));
      }),
  QUARTZ_AT_ITS_LIMIT(
      s -> {
        s.world.oscillator().skewPpm(s.random.nextBoolean() ? 14.9 : -14.9).wander(0);
        s.honest(3, s::lan);
      }),
  EVERYTHING(
      s -> s.honest(4, s::any).liars(3, p -> p.error(s.lie())),
      s -> {
        repeat(s, 2, () -> outage(s, 3));
        repeat(s, 4, () -> s.any(s.anyHonest()));
        repeat(s, 4, () -> s.liars.forEach(p -> p.error(s.lie())));
        clock(s, 3, () -> s.world.wallClock().step(s.lie()));
        clock(s, 2, () -> sleep(s, s.random.nextBoolean()));
        clock(s, 3, () -> s.world.slew(s.random.nextDouble(-499, 499)));
        clock(s, 2, () -> s.world.stall(Duration.ofMillis(s.random.nextLong(1, 5_000))));
      });

  @SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
  private final Consumer<Scene> furniture;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Consumer<Scene> episode;

  FaultScript(Consumer<Scene> furniture) {
    this(furniture, s -> {});
  }

  FaultScript(Consumer<Scene> furniture, Consumer<Scene> episode) {
    this.furniture = furniture;
    this.episode = episode;
  }

  /** Sets the scene, once. */
  void furnish(Scene scene) {
    furniture.accept(scene);
  }

  /** Plans the faults of an episode. */
  void plan(Scene scene) {
    episode.accept(scene);
  }

  private static void repeat(Scene s, int times, Runnable action) {
    for (int i = 0; i < times; i++) {
      s.at(s.minute(), action);
    }
  }

  private static void clock(Scene s, int times, Runnable action) {
    for (int i = 0; i < times; i++) {
      s.clockAt(s.minute(), action);
    }
  }

  private static void crowded(Scene s, SimulatedServer server) {
    s.any(server);
    server.path().heavyTail(0.1, 5e6, 1.5, 500e6).loss(0.05, 0.05);
  }

  private static void lossy(Scene s, SimulatedServer server, double loss) {
    s.any(server);
    server.loss(loss);
  }

  private static void forged(Scene s, SimulatedServer server) {
    s.any(server);
    server.forge(6, s.lie(), Duration.ofMillis(50));
  }

  private static void outage(Scene s, double minutes) {
    s.world.networkDown(true);
    s.world.after(
        Duration.ofMillis(Math.round(minutes * 60_000)), () -> s.world.networkDown(false));
  }

  private static Scene sameLie(Scene s, int count) {
    long lie = s.lie();
    return s.liars(count, p -> p.error(lie));
  }

  private static Scene seen(Scene s) {
    s.isKernelSeen = true;
    return s;
  }

  private static void sleep(Scene s, boolean isKept) {
    s.world.keepPacketsAsleep(isKept);
    long error = s.random.nextLong(-400, 400) * Scene.MILLI;
    s.world.suspend(Duration.ofMillis(s.random.nextLong(1_000, 600_000)), error);
  }

  /** The kernel does not answer for a while, and meanwhile something happens. */
  private static void silence(Scene s, Runnable meanwhile) {
    s.world.kernelClocks(false);
    long now = s.elapsedNanos();
    s.clockFaults.add(
        new Scene.ClockFault(now + s.random.nextLong(Scene.SECOND, 20 * Scene.SECOND), meanwhile));
    s.clockFaults.add(
        new Scene.ClockFault(
            now + s.random.nextLong(25 * Scene.SECOND, 90 * Scene.SECOND),
            () -> s.world.kernelClocks(true)));
  }

  /** A correction that is being slewed in, and ends by itself. */
  private static void slewFor(Scene s, double mostPpm) {
    s.world.slew(s.random.nextDouble(-mostPpm, mostPpm));
    long endNanos = s.elapsedNanos() + s.random.nextLong(Scene.SECOND, 90 * Scene.SECOND);
    s.clockFaults.add(new Scene.ClockFault(endNanos, () -> s.world.slew(0)));
  }
}
