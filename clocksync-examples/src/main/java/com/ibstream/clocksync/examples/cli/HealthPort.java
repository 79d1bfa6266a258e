package com.ibstream.clocksync.examples.cli;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.health.http.HealthAnswers;
import com.ibstream.clocksync.health.http.HostFacts;
import com.ibstream.clocksync.health.plugin.ClockHealthPlugin;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Starts monitors with a health endpoint; the library has no default port, the commands have. */
final class HealthPort {

  /** The port of the existing service. */
  static final String DEFAULT = "8851";

  /** The greatest port there is. */
  static final int MAX = 65_535;

  private HealthPort() {}

  /** A configuration with a port: the option, or what is configured, or the default. */
  static ClockMonitorConfig configure(
      ConfigOptions options, Map<String, String> environment, Optional<Integer> port) {
    if (port.isPresent()) {
      return options.build(
          environment,
          builder -> builder.setting(ClockHealthPlugin.PORT_KEY, port.get().toString()));
    }
    ClockMonitorConfig configured = options.build(environment, builder -> builder);
    return configured.settings().containsKey(ClockHealthPlugin.PORT_KEY)
        ? configured
        : options.build(
            environment, builder -> builder.setting(ClockHealthPlugin.PORT_KEY, DEFAULT));
  }

  /**
   * Starts a monitor.
   *
   * @throws ParameterException if a plug-in refuses its settings, for example because the port is
   *     busy
   */
  static ClockMonitor start(CommandSpec spec, ClockMonitorConfig config) {
    try {
      return ClockMonitor.start(config);
    } catch (IllegalArgumentException e) {
      boolean isPort = String.valueOf(e.getMessage()).contains(ClockHealthPlugin.PORT_KEY);
      String hint = isPort ? "; choose another with --port" : "";
      throw new ParameterException(spec.commandLine(), e.getMessage() + hint, e);
    }
  }

  /** Tells the health endpoint what only the service knows. */
  static void tellFacts(ClockMonitor monitor, HostFacts facts) {
    monitor.plugin(ClockHealthPlugin.class).ifPresent(plugin -> plugin.hostFacts(facts));
  }

  /** Where the whole system's health is to be asked for. */
  static String url(ClockMonitor monitor) {
    return monitor
        .plugin(ClockHealthPlugin.class)
        .flatMap(ClockHealthPlugin::endpoint)
        .map(endpoint -> endpoint.uri(HealthAnswers.SYSTEM_HEALTH).toString())
        .orElse("no endpoint");
  }
}
