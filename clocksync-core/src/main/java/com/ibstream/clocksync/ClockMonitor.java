package com.ibstream.clocksync;

import com.ibstream.clocksync.history.HistoryLog;
import com.ibstream.clocksync.history.HistoryState;
import com.ibstream.clocksync.history.Origin;
import com.ibstream.clocksync.history.StatusRecorder;
import com.ibstream.clocksync.market.FeedCheck;
import com.ibstream.clocksync.market.FeedSettings;
import com.ibstream.clocksync.market.MarketHours;
import com.ibstream.clocksync.ntp.AddressBudgets;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.time.LinePublisher;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustedClock;
import com.ibstream.clocksync.verdict.ClockEvent;
import com.ibstream.clocksync.verdict.ClockEventListener;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostStatus;
import com.ibstream.clocksync.watch.BootId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Watches time: asks servers, lets them vote, publishes the result to a {@link TrustedClock}, and
 * says what it knows.
 *
 * <p>Safe for any number of threads. The work is done by a daemon thread of its own; nothing here
 * waits for it but {@link #awaitTrusted} and {@link #close()}.
 */
public final class ClockMonitor implements AutoCloseable {

  /** How many exchanges each source begins with: one at once and three more. */
  private static final int STARTING_BURST = 4;

  private static final long STALL_SLACK_NANOS = 5_000_000_000L;
  private static final int STALL_LOOKS = 5;
  private static final long AWAIT_STEP_MILLIS = 20;

  private final Seams seams;
  private final Runnable onClose;
  private final LinePublisher publisher;
  private final MonitorCycle cycle;
  private final EventDispatch events;
  private final Optional<HostWatch> host;
  private final Optional<HistoryLog> history;
  private final Plugins plugins = new Plugins();
  private final long stallNanos;
  private boolean isClosed;

  private ClockMonitor(ClockMonitorConfig config, Seams seams, Runnable onClose) {
    this.seams = seams;
    this.onClose = onClose;
    this.publisher =
        new LinePublisher(
            seams.ruler(),
            config.isInReadCheck() ? Optional.of(seams.wallClock()) : Optional.empty());
    this.events = new EventDispatch(seams.listeners());
    this.stallNanos = STALL_LOOKS * config.lookIntervalNanos() + STALL_SLACK_NANOS;
    this.history = config.history().map(settings -> history(settings, config));
    this.cycle =
        new MonitorCycle(
            config,
            seams,
            (clocks, wake) ->
                new SourcePool(
                    config, seams, new AddressBudgets(), STARTING_BURST, true, clocks, wake),
            publisher,
            new MonitorCycle.Pace(config.driftWindowNanos(), config.lookIntervalNanos()),
            new Outlets(
                history.map(StatusRecorder.class::cast).orElse(StatusRecorder.NONE), this::emit));
    this.host =
        config.host().isWatched()
            ? Optional.of(new HostWatch(config.host(), seams, this::status, this::hostChanged))
            : Optional.empty();
  }

  private HistoryLog history(HistoryLog.Settings settings, ClockMonitorConfig config) {
    Origin origin =
        new Origin(
            Optional.ofNullable(ClockMonitor.class.getPackage().getImplementationVersion())
                .orElse(""),
            BootId.of(seams.files()).orElse(""),
            ProcessHandle.current().pid(),
            config.toString());
    return new HistoryLog(
        settings,
        origin,
        seams.ruler(),
        seams.wallClock(),
        seams.recorder(),
        event -> seams.scheduler().schedule(seams.ruler().monoNanos(), () -> cycle.heard(event)));
  }

  /** Monitor thread. */
  private void emit(ClockEvent event) {
    events.emit(event);
    host.ifPresent(watch -> watch.hear(event));
  }

  /** Host thread: what was seen there is told on the monitor's. */
  private void hostChanged(HostStatus status, List<ClockEvent> changes) {
    seams.scheduler().schedule(seams.ruler().monoNanos(), () -> cycle.hostChanged(status, changes));
  }

  /**
   * Starts a monitor on this machine, with every plug-in that {@link ServiceLoader} finds.
   *
   * @param config which servers, which limits
   * @return a running monitor, which knows no time yet: see {@link #awaitTrusted}
   * @throws IllegalArgumentException if a plug-in refuses its settings
   */
  public static ClockMonitor start(ClockMonitorConfig config) {
    HostSeams host = new HostSeams();
    ClockMonitor monitor;
    try {
      monitor = start(config, host.seams(), host::close);
    } catch (RuntimeException | Error e) {
      host.close();
      throw e;
    }
    host.start(monitor.cycle::run);
    return monitor;
  }

  /**
   * Starts a monitor in a world of one's own, for tests: with {@code testing}'s fakes it runs in
   * simulated time.
   *
   * @param config which servers, which limits
   * @param seams the world; nothing else is touched
   * @return a running monitor
   * @throws IllegalArgumentException if a plug-in refuses its settings
   */
  public static ClockMonitor start(ClockMonitorConfig config, Seams seams) {
    return start(config, seams, () -> {});
  }

  /** The same, with something that ends the world when the monitor closes. */
  static ClockMonitor start(ClockMonitorConfig config, Seams seams, Runnable onClose) {
    ClockMonitor monitor = new ClockMonitor(config, seams, onClose);
    monitor.begin(config);
    return monitor;
  }

  private void begin(ClockMonitorConfig config) {
    try {
      plugins.start(config.settings(), this::status, this::addListener);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    host.ifPresent(watch -> cycle.expectHost(watch.lifeNanos()));
    seams.scheduler().schedule(seams.ruler().monoNanos(), cycle::run);
    host.ifPresent(HostWatch::begin);
  }

  /**
   * The clock for code that stamps: get it once and keep it.
   *
   * @return always the same clock
   */
  public TrustedClock clock() {
    return publisher.clock();
  }

  /**
   * What is known about time now. Takes microseconds, measures nothing, never blocks.
   *
   * @return the latest observations, with trust and bound of this very moment
   */
  public ClockStatus status() {
    ClockStatus observed = cycle.status();
    Reading now = clock().read(new Reading());
    return observed.at(now, clock().line().ratePpm(), stallNanos);
  }

  /**
   * Waits until the clock may be trusted.
   *
   * @param timeout the longest to wait
   * @throws InterruptedException if the thread was interrupted
   * @throws TimeoutException if it is not trusted by then; the message gives the reason for each
   *     server
   */
  public void awaitTrusted(Duration timeout) throws InterruptedException, TimeoutException {
    long deadlineMonoNanos = seams.ruler().monoNanos() + timeout.toNanos();
    while (!status().isSafeToStamp()) {
      if (seams.ruler().monoNanos() - deadlineMonoNanos >= 0) {
        throw new TimeoutException(whyNotTrusted(timeout));
      }
      TimeUnit.MILLISECONDS.sleep(AWAIT_STEP_MILLIS);
    }
  }

  private String whyNotTrusted(Duration timeout) {
    ClockStatus status = status();
    return status.sources().stream()
        .map(
            source ->
                source.server()
                    + (source.address().isEmpty() || source.address().startsWith(source.server())
                        ? ""
                        : " (" + source.address() + ")")
                    + ": "
                    + source.rejection().map(Enum::name).orElse(source.state().name())
                    + (source.detail().isEmpty() ? "" : " (" + source.detail() + ")"))
        .collect(
            Collectors.joining(
                "; ",
                "no trusted time within " + timeout + ": " + status.reason().text() + ". ",
                ""));
  }

  /**
   * Adds a listener for what changes from now on.
   *
   * @param listener called on a thread of its own
   */
  public void addListener(ClockEventListener listener) {
    events.add(listener);
  }

  /**
   * Lets a market feed's stamps judge our clocks, also without any server: see {@link FeedCheck}.
   * Get it once for each feed and keep it.
   *
   * @param settings of the feed
   * @return what the trading code reports each tick to; its findings are in the status
   * @throws IllegalArgumentException if there is a feed of that name already
   * @throws IllegalStateException if there are 16 feeds already, or the monitor is closed
   */
  public synchronized FeedCheck feed(FeedSettings settings) {
    if (isClosed) {
      throw new IllegalStateException(
          "the monitor is closed and judges no feed: " + settings.name());
    }
    return cycle.feeds().add(settings);
  }

  /**
   * Says who knows from now on when the market trades, so that no clock is stepped then; instead of
   * what is configured. It is asked on the thread that watches the host, and may block there.
   *
   * @param hours who is asked, with our own time; what it throws counts as trading
   */
  public void marketHours(MarketHours hours) {
    host.ifPresent(watch -> watch.marketHours(hours));
  }

  /**
   * How writing the history goes.
   *
   * @return empty where none is written
   */
  public Optional<HistoryState> history() {
    return history.map(HistoryLog::state);
  }

  /**
   * A plug-in that runs with this monitor.
   *
   * @param type its class
   * @param <T> its class
   * @return the plug-in; empty if none of that class was found
   */
  public <T extends ClockMonitorPlugin> Optional<T> plugin(Class<T> type) {
    return plugins.find(type);
  }

  /**
   * Ends everything within a second or so. The clock goes on to tell the time, but is no longer
   * trusted.
   */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    cycle.end(); // trust first: whatever goes wrong below
    host.ifPresent(HostWatch::end);
    history.ifPresent(HistoryLog::close);
    try {
      onClose.run();
      cycle.abandon();
    } finally {
      host.ifPresent(HostWatch::close);
      plugins.close();
    }
  }
}
