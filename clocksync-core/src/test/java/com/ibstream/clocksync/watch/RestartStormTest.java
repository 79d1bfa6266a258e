package com.ibstream.clocksync.watch;

import static com.ibstream.clocksync.repair.HostStatuses.HOUR;
import static com.ibstream.clocksync.repair.HostStatuses.MINUTE;
import static com.ibstream.clocksync.repair.HostStatuses.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.RepairFacts.Mode;
import com.ibstream.clocksync.facts.ServiceFacts.State;
import com.ibstream.clocksync.repair.Actuator;
import com.ibstream.clocksync.repair.HostStatuses;
import com.ibstream.clocksync.repair.RepairPolicy;
import com.ibstream.clocksync.repair.RepairWatchdog;
import com.ibstream.clocksync.repair.TradingHours;
import com.ibstream.clocksync.repair.TradingHours.Trading;
import com.ibstream.clocksync.testing.FakeHostFiles;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that dies again and again, for days: nobody restarts it into systemd's limit. */
class RestartStormTest {

  private static final TradingHours CLOSED = status -> new Trading(false, "closed");
  private static final long TURN_NANOS = 20 * SECOND;
  private static final int DAYS = 3;

  @TempDir private Path directory;
  private final FakeHostFiles host =
      new FakeHostFiles()
          .file("/proc/sys/kernel/random/boot_id", "11111111-2222-3333-4444-555555555555\n");
  private final RepairPolicy policy = RepairPolicy.builder().mode(Mode.ACT).build();
  private final List<Long> restarts = new ArrayList<>();
  private long nowNanos = HOUR;

  private final class Restarts implements Actuator {
    @Override
    public Result act(Order order) {
      assertThat(order.action()).isEqualTo(RepairAction.RESTART_SERVICE);
      restarts.add(nowNanos);
      return new Result(
          Result.Outcome.DONE, List.of(), order.service().reason(), SECOND, nowNanos + SECOND);
    }

    @Override
    public RtcReading readHardwareClock() {
      return RtcReading.unreadable("no hardware clock");
    }
  }

  private RepairWatchdog watchdog(RepairFile memory) {
    return new RepairWatchdog(policy, new Restarts(), memory, entry -> Optional.empty());
  }

  private static void turn(RepairWatchdog watchdog, ClockStatus status) {
    watchdog.turn(status, CLOSED, Set.of(), () -> status);
  }

  /** How the service is, if it lives for so long after each restart. */
  private HostStatuses host(long lifeNanos) {
    long last = restarts.isEmpty() ? 0 : restarts.get(restarts.size() - 1);
    boolean isAlive = !restarts.isEmpty() && nowNanos - last < lifeNanos;
    return HostStatuses.good().state(isAlive ? State.SYNCHRONISED : State.FAILED).at(nowNanos);
  }

  private void assertCalm(int mostInAll) {
    for (int i = 0; i < restarts.size(); i++) {
      assertThat(i == 0 || restarts.get(i) - restarts.get(i - 1) >= MINUTE).isTrue();
      long from = restarts.get(i);
      assertThat(restarts.stream().filter(at -> at >= from && at < from + 24 * HOUR))
          .hasSizeLessThanOrEqualTo(6);
    }
    assertThat(restarts).hasSizeBetween(1, mostInAll);
  }

  @Test
  void shouldRestartAServiceThatDiesAtOnceAFewTimesAndThenOnceADay() throws IOException {
    try (RepairFile memory = new RepairFile(directory, host)) {
      RepairWatchdog watchdog = watchdog(memory);
      for (long end = nowNanos + DAYS * 24 * HOUR; nowNanos < end; nowNanos += TURN_NANOS) {
        turn(watchdog, host(0).build());
      }
    }

    assertCalm(3 + DAYS - 1);
  }

  @Test
  void shouldStayWithinTheDailyLimitIfItLivesForAWhileEachTime() throws IOException {
    try (RepairFile memory = new RepairFile(directory, host)) {
      RepairWatchdog watchdog = watchdog(memory);
      for (long end = nowNanos + DAYS * 24 * HOUR; nowNanos < end; nowNanos += TURN_NANOS) {
        turn(watchdog, host(12 * MINUTE).build());
      }
    }

    assertCalm(6 * DAYS);
  }

  @Test
  void shouldNotRestartTwiceAsOftenWithTwoMonitors() throws IOException {
    try (RepairFile first = new RepairFile(directory, host);
        RepairFile second = new RepairFile(directory, host)) {
      RepairWatchdog one = watchdog(first);
      RepairWatchdog other = watchdog(second);
      for (long end = nowNanos + DAYS * 24 * HOUR; nowNanos < end; nowNanos += TURN_NANOS) {
        turn(one, host(50 * SECOND).build());
        turn(other, host(50 * SECOND).build());
      }
    }

    assertCalm(6 * DAYS);
  }

  @Test
  void shouldNotForgetWhenTheProcessDiesAgainAndAgain() throws IOException {
    for (long end = nowNanos + DAYS * 24 * HOUR; nowNanos < end; ) {
      try (RepairFile memory = new RepairFile(directory, host)) {
        RepairWatchdog watchdog = watchdog(memory);
        for (long life = nowNanos + MINUTE; nowNanos < life; nowNanos += TURN_NANOS) {
          turn(watchdog, host(0).build());
        }
      }
    }

    assertCalm(6 * DAYS);
  }
}
