package com.ibstream.clocksync;

import com.ibstream.clocksync.config.Key;
import com.ibstream.clocksync.config.Keys;
import com.ibstream.clocksync.config.Layers;
import com.ibstream.clocksync.config.Settings;
import com.ibstream.clocksync.history.HistoryLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a {@link ClockMonitor} is told: which servers to ask, how often, and what to trust.
 * Immutable; every value lies within the range that {@code docs/configuration.md} states. Rates are
 * in parts per million, all times in nanoseconds.
 */
public final class ClockMonitorConfig {

  private final ConfiguredServers servers;
  private final long timeoutNanos;
  private final long toleranceNanos;
  private final long minPollNanos;
  private final long maxPollNanos;
  private final double frequencyTolerancePpm;
  private final double frequencyChangePpm;
  private final SlewAllowance slewAllowance;
  private final long maxRootDistanceNanos;
  private final long driftWindowNanos;
  private final long lookIntervalNanos;
  private final boolean isInReadCheck;
  private final HostConfig host;
  private final Optional<HistoryLog.Settings> history;
  private final Map<String, String> settings;
  private final String text;

  private ClockMonitorConfig(Settings inForce) {
    servers = ConfiguredServers.of(inForce);
    timeoutNanos = inForce.value(Keys.TIMEOUT);
    toleranceNanos = inForce.value(Keys.TOLERANCE);
    minPollNanos = inForce.value(Keys.POLL_MIN);
    maxPollNanos = inForce.value(Keys.POLL_MAX);
    frequencyTolerancePpm = inForce.value(Keys.FREQUENCY_TOLERANCE_PPM);
    frequencyChangePpm = inForce.value(Keys.FREQUENCY_CHANGE_PPM);
    slewAllowance = SlewAllowance.of(inForce);
    maxRootDistanceNanos = inForce.value(Keys.ROOT_DISTANCE_MAX);
    driftWindowNanos = inForce.value(Keys.DRIFT_WINDOW);
    lookIntervalNanos = inForce.value(Keys.LOOK_INTERVAL);
    isInReadCheck = inForce.value(Keys.IN_READ_CHECK);
    host = new HostConfig(inForce);
    history = HistoryConfig.of(inForce);
    settings = Collections.unmodifiableMap(inForce.pluginSettings());
    text = String.join("; ", Keys.ALL.stream().map(inForce::describe).toList());
  }

  /**
   * Starts from the defaults. Nothing is read from the process's environment unless {@link
   * Builder#environment} asks.
   *
   * @return a builder that knows the keys of the plug-ins found through {@link ServiceLoader}
   */
  public static Builder builder() {
    return builder(ServiceLoader.load(ClockMonitorPlugin.class));
  }

  /** The same with the keys of these plug-ins, which are asked when it is built. */
  static Builder builder(Iterable<ClockMonitorPlugin> plugins) {
    return new Builder(plugins);
  }

  /** The servers to ask, without duplicates; at least one. */
  public List<ServerAddress> servers() {
    return servers.addresses();
  }

  /** How long an answer is waited for; nanoseconds. */
  public long timeoutNanos() {
    return timeoutNanos;
  }

  /** The greatest error bound that is trusted; nanoseconds. */
  public long toleranceNanos() {
    return toleranceNanos;
  }

  /** The shortest steady poll interval; nanoseconds, at most {@link #maxPollNanos()}. */
  public long minPollNanos() {
    return minPollNanos;
  }

  /** The longest steady poll interval; nanoseconds. */
  public long maxPollNanos() {
    return maxPollNanos;
  }

  /** How far the ruler's own frequency may be off, either way; ppm. */
  public double frequencyTolerancePpm() {
    return frequencyTolerancePpm;
  }

  /** How far the oscillator's frequency may move within an hour or so, either way; ppm. */
  public double frequencyChangePpm() {
    return frequencyChangePpm;
  }

  /** How fast the host's time service may slew the ruler between two looks, either way; ppm. */
  public double slewAllowancePpm() {
    return slewAllowance.watchedPpm();
  }

  /** The same with what holds where the raw clock is not watched. */
  SlewAllowance slewAllowance() {
    return slewAllowance;
  }

  /** The greatest root distance of a server that is believed; nanoseconds. */
  public long maxRootDistanceNanos() {
    return maxRootDistanceNanos;
  }

  /** The span of the drift statistics; nanoseconds, at least two {@link #lookIntervalNanos()}. */
  public long driftWindowNanos() {
    return driftWindowNanos;
  }

  /** The time between two looks at the system clock; nanoseconds. */
  public long lookIntervalNanos() {
    return lookIntervalNanos;
  }

  /** Whether every read compares the wall clock with the ruler itself. */
  public boolean isInReadCheck() {
    return isInReadCheck;
  }

  /** What is to be done about the host around the clock. */
  public HostConfig host() {
    return host;
  }

  /** Where the history is written, and how; empty for nowhere. */
  public Optional<HistoryLog.Settings> history() {
    return history;
  }

  /** The hosts, spelled as in {@link #servers()}, that may follow their own undisciplined clock. */
  public Set<String> undisciplinedServers() {
    return servers.undisciplinedHosts();
  }

  /** What is set for plug-ins, as written, by key without prefix; they check it themselves. */
  public Map<String, String> settings() {
    return settings;
  }

  /** The core's values and their origins; those of plug-ins, which may be secret, are left out. */
  @Override
  public String toString() {
    return "ClockMonitorConfig[" + text + "]";
  }

  /**
   * Collects settings. What is set here wins over the environment, which wins over the {@code .env}
   * file, which wins over the properties file; the order of the calls does not matter. Not for use
   * by several threads at once.
   *
   * <p>Every setter throws {@link IllegalArgumentException} for a value that its key does not
   * allow, and {@link IllegalStateException} if its key was set before; the message names key and
   * value.
   */
  public static final class Builder {

    private final Iterable<ClockMonitorPlugin> plugins;
    private final Layers layers = new Layers();

    private Builder(Iterable<ClockMonitorPlugin> plugins) {
      this.plugins = plugins;
    }

    /** Servers to ask: {@code host}, {@code host:port}, {@code [v6]:port} or a bare address. */
    public Builder servers(String... servers) {
      return servers(List.of(servers));
    }

    /** The same, as a list. */
    public Builder servers(List<String> servers) {
      return set(Keys.SERVERS, String.join(",", servers));
    }

    /** How long an answer is waited for; shorter than the shortest poll interval. */
    public Builder timeout(Duration timeout) {
      return set(Keys.TIMEOUT, timeout.toString());
    }

    /** The greatest error bound that is trusted. */
    public Builder tolerance(Duration tolerance) {
      return set(Keys.TOLERANCE, tolerance.toString());
    }

    /** The shortest steady poll interval. */
    public Builder minPoll(Duration interval) {
      return set(Keys.POLL_MIN, interval.toString());
    }

    /** The longest steady poll interval. */
    public Builder maxPoll(Duration interval) {
      return set(Keys.POLL_MAX, interval.toString());
    }

    /** How far the ruler's own frequency may be off, in parts per million. */
    public Builder frequencyTolerancePpm(double ppm) {
      return set(Keys.FREQUENCY_TOLERANCE_PPM, Double.toString(ppm));
    }

    /** How far the oscillator's frequency may move within an hour or so, in parts per million. */
    public Builder frequencyChangePpm(double ppm) {
      return set(Keys.FREQUENCY_CHANGE_PPM, Double.toString(ppm));
    }

    /** How fast the host's time service may slew the ruler unnoticed, in parts per million. */
    public Builder slewAllowancePpm(double ppm) {
      return set(Keys.SLEW_ALLOWANCE_PPM, Double.toString(ppm));
    }

    /** The greatest root distance of a server that is believed. */
    public Builder maxRootDistance(Duration distance) {
      return set(Keys.ROOT_DISTANCE_MAX, distance.toString());
    }

    /** The span of the drift statistics. */
    public Builder driftWindow(Duration window) {
      return set(Keys.DRIFT_WINDOW, window.toString());
    }

    /** The time between two looks at the system clock. */
    public Builder lookInterval(Duration interval) {
      return set(Keys.LOOK_INTERVAL, interval.toString());
    }

    /** Whether every read compares the wall clock with the ruler itself. */
    public Builder inReadCheck(boolean isOn) {
      return set(Keys.IN_READ_CHECK, Boolean.toString(isOn));
    }

    /** Hosts among the servers that may follow their own undisciplined clock beyond loopback. */
    public Builder undisciplinedServers(String... hosts) {
      return set(Keys.UNDISCIPLINED_SERVERS, String.join(",", hosts));
    }

    /**
     * Sets any key as text, without prefix: a plug-in's, as {@code health.port}, or one of the
     * core's. An unknown one is refused by {@link #build()}.
     */
    public Builder setting(String key, String value) {
      layers.program(key, value);
      return this;
    }

    private Builder set(Key<?> key, String value) {
      return setting(key.name(), value);
    }

    /** A file of {@code clocksync.key=value} lines, UTF-8; read by {@link #build()}. */
    public Builder properties(Path file) {
      layers.properties(file);
      return this;
    }

    /** A file in {@code .env} format, read by {@link #build()}; foreign lines are ignored. */
    public Builder environmentFile(Path file) {
      layers.environmentFile(file);
      return this;
    }

    /** Usually {@link System#getenv()}; what does not begin with {@code CLOCKSYNC_} is ignored. */
    public Builder environment(Map<String, String> variables) {
      layers.environment(variables);
      return this;
    }

    /**
     * Reads the files, lays everything over each other and checks it.
     *
     * @throws IllegalArgumentException if a file cannot be read, a key is unknown, or a value is
     *     not allowed or contradicts another one; the message names key, value and origin
     * @throws IllegalStateException if a plug-in declares a key that cannot be one
     */
    public ClockMonitorConfig build() {
      Set<String> pluginKeys = new TreeSet<>();
      plugins.forEach(plugin -> pluginKeys.addAll(plugin.settingKeys()));
      return new ClockMonitorConfig(layers.inForce(pluginKeys));
    }
  }
}
