package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.ibstream.clocksync.history.StatusRecorder;
import com.ibstream.clocksync.seam.Scheduler;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostClockEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the monitor hands over, and to whom. */
class OutletsScenarioTest extends SimulatedMonitor {

  private static final long SECOND = 1_000_000_000L;

  private MonitorCycle run(StatusRecorder recorder) {
    return run(recorder, world.seams());
  }

  private MonitorCycle run(StatusRecorder recorder, Seams seams) {
    ClockMonitorConfig config =
        ClockMonitorConfig.builder()
            .servers("192.0.2.1", "192.0.2.2")
            .slewAllowancePpm(500)
            .build();
    world.server("192.0.2.1");
    world.server("192.0.2.2");
    MonitorCycle cycle =
        SimulatedCycle.start(world, seams, config, config.lookIntervalNanos(), recorder).cycle();
    world.runFor(Duration.ofMinutes(10));
    return cycle;
  }

  @Test
  void shouldHandEveryStatusAndEveryChangeToTheRecorder() {
    List<ClockStatus> statuses = new ArrayList<>();
    List<ClockEvent> events = new ArrayList<>();

    run(
        (status, changes) -> {
          statuses.add(status);
          events.addAll(changes);
        });

    assertThat(statuses).hasSizeGreaterThan(600);
    assertThat(statuses.get(0).trust()).isEqualTo(TrustLevel.UNKNOWN);
    assertThat(events).anyMatch(ClockEvent.TrustChanged.class::isInstance);
  }

  @Test
  void shouldGoOnMeasuringWhenARecorderThrows() {
    MonitorCycle cycle =
        run(
            (status, changes) -> {
              throw new IllegalStateException("disk full");
            });

    assertThat(cycle.status().trust()).isEqualTo(TrustLevel.TRUSTED);
    assertThat(cycle.status().sources()).allMatch(source -> source.acceptedCount() > 10);
  }

  @Test
  void shouldHandOverTheRestWhenThereIsNoThreadForAListener() {
    List<ClockEvent> heard = new ArrayList<>();
    List<ClockEvent> recorded = new ArrayList<>();
    List<ClockEvent> changes =
        List.of(new HostClockEvent.Paused(1, 1), new HostClockEvent.Paused(2, 1));
    MonitorCycle cycle = run(StatusRecorder.NONE);
    Outlets outlets =
        new Outlets(
            (status, events) -> recorded.addAll(events),
            event -> {
              if (event.equals(changes.get(0))) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              heard.add(event);
            });

    outlets.take(cycle.status(), changes);

    assertThat(heard).containsExactly(changes.get(1));
    assertThat(recorded).isEqualTo(changes);
  }

  @Test
  void shouldTellTheNextEventWhenThereWasNoThreadForOne() {
    List<ClockEvent> heard = new ArrayList<>();
    AtomicBoolean isOutOfThreads = new AtomicBoolean(true);
    EventDispatch dispatch =
        new EventDispatch(
            task -> {
              if (isOutOfThreads.getAndSet(false)) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              task.run();
            });
    dispatch.add(heard::add);

    dispatch.emit(new HostClockEvent.Paused(1, 1));
    dispatch.emit(new HostClockEvent.Paused(2, 1));

    assertThat(heard).containsExactly(new HostClockEvent.Paused(2, 1));
  }

  /** A turn that could not plan the next one, and the standing one of {@link MonitorLoop}. */
  @Test
  void shouldGoOnMeasuringWhenAPlanCouldNotBeMade() {
    AtomicBoolean isOutOfMemory = new AtomicBoolean();
    Scheduler forgetful =
        (atMonoNanos, task) -> {
          if (isOutOfMemory.getAndSet(false)) {
            throw new OutOfMemoryError("Java heap space");
          }
          world.seams().scheduler().schedule(atMonoNanos, task);
        };
    MonitorCycle cycle =
        run(StatusRecorder.NONE, ChangedSeams.of(world.seams()).scheduler(forgetful).seams());
    isOutOfMemory.set(true);
    assertThatThrownBy(() -> world.runFor(Duration.ofMinutes(1)))
        .isInstanceOf(OutOfMemoryError.class);

    cycle.run();
    world.runFor(Duration.ofMinutes(10));

    assertThat(cycle.status().trust()).isEqualTo(TrustLevel.TRUSTED);
    assertThat(cycle.status().asOfMonoNanos()).isCloseTo(world.monoNanos(), within(SECOND));
  }
}
