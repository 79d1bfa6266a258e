package com.ibstream.clocksync.testing;

import com.ibstream.clocksync.seam.CommandRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Programs that answer from a script and never run; each call is noted. Safe for threads. */
public final class ScriptedCommands implements CommandRunner {

  private final Map<List<String>, CommandResult> script = new HashMap<>();
  private final List<List<String>> calls = new ArrayList<>();

  /** A host on which no program can be started. */
  public ScriptedCommands() {}

  /**
   * Gives a command its answer.
   *
   * @param result what it does from now on
   * @param command absolute path and arguments
   * @return this script
   */
  public synchronized ScriptedCommands answer(CommandResult result, String... command) {
    script.put(List.of(command), result);
    return this;
  }

  @Override
  public synchronized CommandResult run(List<String> command, Duration limit) {
    calls.add(List.copyOf(command));
    return script.getOrDefault(
        command,
        new CommandResult(CommandResult.Outcome.ABSENT, 0, "", "not in the script: " + command));
  }

  /**
   * What was called.
   *
   * @return the commands, in order
   */
  public synchronized List<List<String>> calls() {
    return Collections.unmodifiableList(new ArrayList<>(calls));
  }
}
