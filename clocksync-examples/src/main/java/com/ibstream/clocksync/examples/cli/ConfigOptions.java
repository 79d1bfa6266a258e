package com.ibstream.clocksync.examples.cli;

import com.google.common.base.Splitter;
import com.ibstream.clocksync.ClockMonitorConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that say where the configuration comes from: option wins over environment wins over
 * file.
 */
final class ConfigOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--servers",
      paramLabel = "HOST[:PORT],...",
      description = {
        "NTP servers, separated by commas; IPv6 as [::1]:123.",
        "Default: as configured, else a public list."
      })
  private Optional<String> servers = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file with clocksync.* keys.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description =
          "File with CLOCKSYNC_* variables, one KEY=VALUE a line; variables that are set win.")
  private Optional<Path> environmentFile = Optional.empty();

  /**
   * Builds the configuration.
   *
   * @param environment the environment variables
   * @param more what the command itself sets
   * @return the configuration
   * @throws ParameterException if it is wrong; the message names the culprit
   */
  ClockMonitorConfig build(
      Map<String, String> environment, UnaryOperator<ClockMonitorConfig.Builder> more) {
    try {
      ClockMonitorConfig.Builder builder = ClockMonitorConfig.builder();
      file.ifPresent(builder::properties);
      environmentFile.ifPresent(builder::environmentFile);
      builder.environment(environment);
      servers.ifPresent(names -> builder.servers(wanted(names)));
      return more.apply(builder).build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static List<String> wanted(String text) {
    List<String> names = Splitter.on(',').trimResults().splitToList(text);
    if (names.stream().allMatch(String::isEmpty)) {
      throw new IllegalArgumentException("--servers names no server: '" + text + "'");
    }
    return names;
  }
}
