package com.ibstream.clocksync.health.plugin;

import com.ibstream.clocksync.ClockMonitorPlugin;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.health.http.DriftLog;
import com.ibstream.clocksync.health.http.EventLog;
import com.ibstream.clocksync.health.http.HealthAnswers;
import com.ibstream.clocksync.health.http.HealthEndpoint;
import com.ibstream.clocksync.health.http.HostFacts;
import com.ibstream.clocksync.verdict.ClockEventListener;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Health for a monitor, found by it through {@link java.util.ServiceLoader}. With the setting
 * {@value #PORT_KEY} it opens an endpoint; without, it only holds a contributor and the answers for
 * servers that the host service has. Safe for any number of threads.
 */
public final class ClockHealthPlugin implements ClockMonitorPlugin {

  /** The setting for the host to bind to; loopback if it is not set. Needs {@value #PORT_KEY}. */
  public static final String HOST_KEY = "health.host";

  /**
   * The setting for the port to bind to, 0 for any that is free; no endpoint if it is not set or
   * {@value #NO_PORT}.
   */
  public static final String PORT_KEY = "health.port";

  /** The port that stands for no endpoint, whatever else is configured. */
  public static final String NO_PORT = "none";

  /** Every so many looks, one a second, the drift is kept: a day of them is. */
  private static final int LOOKS_PER_SAMPLE = 10;

  private volatile Supplier<ClockStatus> status = ClockHealthPlugin::notStarted;
  private volatile HostFacts hostFacts = HostFacts.NONE;
  private volatile Optional<HealthEndpoint> endpoint = Optional.empty();

  private final ClockHealthContributor contributor = new ClockHealthContributor(() -> status.get());
  private final DriftLog drifts = new DriftLog();
  private final EventLog events = new EventLog();
  private final HealthAnswers answers =
      new HealthAnswers(contributor, () -> hostFacts, drifts, events, MetricsPage.of(contributor));

  /** Of the sampler's thread alone. */
  private long looks;

  private volatile Optional<ScheduledFuture<?>> sampling = Optional.empty();
  private final ScheduledExecutorService sampler =
      Executors.newSingleThreadScheduledExecutor(ClockHealthPlugin::daemon);

  /** A plug-in that has not been started. */
  public ClockHealthPlugin() {}

  @Override
  public Set<String> settingKeys() {
    return Set.of(HOST_KEY, PORT_KEY);
  }

  @Override
  public void start(
      Supplier<ClockStatus> newStatus,
      Consumer<ClockEventListener> newEvents,
      Map<String, String> settings) {
    status = newStatus;
    newEvents.accept(events);
    String host = settings.get(HOST_KEY);
    String port = settings.get(PORT_KEY);
    if (port != null && !port.equals(NO_PORT)) {
      endpoint = Optional.of(open(host == null ? HealthEndpoint.LOOPBACK : host, port));
    } else if (host != null && port == null) {
      throw new IllegalArgumentException(
          HOST_KEY + "=" + host + " needs " + PORT_KEY + ", which is not set");
    }
    // Last: who refuses to start is not closed, and would go on for ever.
    sampling = Optional.of(sampler.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS));
  }

  /**
   * The health of time, for whatever framework asks.
   *
   * @return always the same contributor; it says error until the plug-in is started
   */
  public ClockHealthContributor contributor() {
    return contributor;
  }

  /**
   * The answers to requests, to be mounted in another server.
   *
   * @return always the same answers
   */
  public HealthAnswers answers() {
    return answers;
  }

  /**
   * The endpoint.
   *
   * @return empty if no port is set
   */
  public Optional<HealthEndpoint> endpoint() {
    return endpoint;
  }

  /**
   * Says what only the host service knows, from the next request on.
   *
   * @param facts replaces what was said before
   */
  public void hostFacts(HostFacts facts) {
    hostFacts = Objects.requireNonNull(facts, "facts");
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "clocksync-drift");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Once a second, so that the contributor knows what held, however seldom anybody asks. A status
   * that cannot be read is an entry, too: the contributor says error.
   */
  private void look() {
    HealthSnapshot snapshot = contributor.snapshot();
    if (looks % LOOKS_PER_SAMPLE == 0) {
      drifts.take(snapshot);
    }
    looks++;
  }

  @Override
  public void close() {
    sampling.ifPresent(task -> task.cancel(false));
    sampler.shutdown();
    endpoint.ifPresent(HealthEndpoint::close);
  }

  private HealthEndpoint open(String host, String port) {
    try {
      return HealthEndpoint.open(unbracketed(host), Integer.parseInt(port.strip()), answers);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(PORT_KEY + " must be a whole number: '" + port + "'", e);
    } catch (IllegalArgumentException | IOException e) {
      throw new IllegalArgumentException(
          HOST_KEY + "=" + host + ", " + PORT_KEY + "=" + port + ": " + e.getMessage(), e);
    }
  }

  private static String unbracketed(String host) {
    String text = host.strip();
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }

  private static ClockStatus notStarted() {
    throw new IllegalStateException("the plug-in has not been started");
  }
}
