package com.ibstream.clocksync.fuzz;

import java.nio.file.Path;
import java.util.Locale;

/** What hostile input is thrown at. Each has its seeds in a folder of its own. */
enum FuzzTarget {
  /** An answer to our request, from parsing to the sample. */
  ANSWER(AnswerFuzz.class, 256),
  /** The text of a configured server. */
  ADDRESS(AddressFuzz.class, 320),
  /** Configuration files and variables. */
  CONFIGURATION(ConfigurationFuzz.class, 2_048),
  /** A running monitor, some or all of whose servers send what they like. */
  MONITOR(MonitorFuzz.class, 1_024);

  private final Class<?> type;
  private final int longestInput;

  FuzzTarget(Class<?> type, int longestInput) {
    this.type = type;
    this.longestInput = longestInput;
  }

  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Inputs that every build tries, relative to the module. */
  Path seeds() {
    return Path.of("src", "test", "resources", "fuzz", folder());
  }

  String className() {
    return type.getName();
  }

  int longestInput() {
    return longestInput;
  }

  /** Tries one input; throws if it breaks a promise. */
  void run(byte[] input) {
    byte[] own = input.clone();
    switch (this) {
      case ANSWER -> AnswerFuzz.fuzzerTestOneInput(own);
      case ADDRESS -> AddressFuzz.fuzzerTestOneInput(own);
      case CONFIGURATION -> ConfigurationFuzz.fuzzerTestOneInput(own);
      case MONITOR -> MonitorFuzz.fuzzerTestOneInput(own);
    }
  }
}
