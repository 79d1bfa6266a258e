package com.ibstream.clocksync.service;

import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.LeapSecond;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.seam.CommandRunner.CommandResult;
import com.ibstream.clocksync.testing.FakeHostFiles;
import com.ibstream.clocksync.testing.FakeRuler;
import com.ibstream.clocksync.testing.FakeWallClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A host with chrony in good health, unless a test says otherwise. */
final class ScriptedHost {

  static final long NOW = 1_000_000_000_000L;
  static final long WALL = 1_795_351_160_000_000_000L;
  static final String TRACKING =
      "0A000202,10.0.2.2,2,1795351150.925544253,0.000045247,-0.000066418,0.001386254,3.547,-0.327,"
          + "11.950,0.000582882,0.000166243,8.1,Normal\n";
  static final String SOURCES = "^,*,10.0.2.2,1,3,377,6,-0.000044189,-0.000110603,0.000292424\n";

  final List<List<String>> calls = new ArrayList<>();
  final FakeHostFiles files = new FakeHostFiles();
  CommandResult systemctl = units("chrony.service", "active", "enabled");
  CommandResult tracking = exited(TRACKING);
  CommandResult sources = exited(SOURCES);
  Optional<KernelFacts> kernel = Optional.empty();
  Optional<SystemClockFacts> clock = Optional.empty();

  private final TimeServiceProbe probe;

  ScriptedHost() {
    FakeRuler ruler = new FakeRuler(NOW);
    probe = new TimeServiceProbe(this::run, files, new FakeWallClock(ruler, WALL), ruler);
  }

  private CommandResult run(List<String> command, Duration limit) {
    calls.add(command);
    String words = String.join(" ", command);
    return words.contains("systemctl")
        ? systemctl
        : words.endsWith("tracking") || words.endsWith("-pn") ? tracking : sources;
  }

  ServiceFacts probe() {
    calls.clear();
    return probe.probe(kernel, clock);
  }

  static KernelFacts kernel(long measured, boolean isSynchronised) {
    return new KernelFacts(measured, isSynchronised, 0, 0, 0, OptionalInt.empty(), LeapSecond.NONE);
  }

  static CommandResult units(String id, String state, String enabled) {
    return units(block(id, state, enabled));
  }

  /** The rest is not installed. */
  static CommandResult units(String blocks) {
    StringBuilder text = new StringBuilder(blocks);
    for (String name : HostUnits.names()) {
      if (!blocks.contains(name)) {
        text.append('\n').append(block(name, "inactive", "").replace("loaded", "not-found"));
      }
    }
    return exited(text.toString());
  }

  static String block(String id, String state, String enabled) {
    return """
        Result=success
        NRestarts=0
        Id=%1$s
        Names=%1$s
        LoadState=%3$s
        ActiveState=%2$s
        SubState=whatever
        UnitFileState=%4$s
        ActiveEnterTimestampMonotonic=500000000
        """
        .formatted(id, state, enabled.equals("masked") ? "masked" : "loaded", enabled);
  }

  static CommandResult exited(String output) {
    return CapturedHost.exited(0, output, "");
  }
}
