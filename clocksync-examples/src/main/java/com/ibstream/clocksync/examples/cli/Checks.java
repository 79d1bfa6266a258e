package com.ibstream.clocksync.examples.cli;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks the values of options; each refusal names the option and the value. */
final class Checks {

  private Checks() {}

  static void positive(CommandSpec spec, String option, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new ParameterException(
          spec.commandLine(), option + " must be positive: " + text(value));
    }
  }

  static void notNegative(CommandSpec spec, String option, Duration value) {
    if (value.isNegative()) {
      throw new ParameterException(
          spec.commandLine(), option + " must not be negative: " + text(value));
    }
  }

  static void within(CommandSpec spec, String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + " must be " + least + " to " + most + ": " + value);
    }
  }

  private static String text(Duration value) {
    return value.toNanos() % 1_000_000 == 0 ? value.toMillis() + "ms" : value.toNanos() + "ns";
  }
}
