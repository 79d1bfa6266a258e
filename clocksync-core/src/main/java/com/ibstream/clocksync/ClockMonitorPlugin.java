package com.ibstream.clocksync;

import com.ibstream.clocksync.verdict.ClockEventListener;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Something that lives as long as a monitor and shows or uses what it knows. Found through {@link
 * java.util.ServiceLoader}; needs a public constructor without parameters.
 */
public interface ClockMonitorPlugin extends AutoCloseable {

  /**
   * The configuration keys that this plug-in understands, without the prefix {@code clocksync.}.
   *
   * @return for example {@code health.port}; empty if it takes none
   */
  default Set<String> settingKeys() {
    return Set.of();
  }

  /**
   * Starts the plug-in. Called once, on the thread that starts the monitor, before the first
   * measurement.
   *
   * @param status gives the present status, in microseconds, from any thread, without I/O
   * @param events takes listeners
   * @param settings the values of {@link #settingKeys()} that were configured
   * @throws IllegalArgumentException if a setting is wrong; its message names key and value. The
   *     monitor then does not start
   */
  void start(
      Supplier<ClockStatus> status,
      Consumer<ClockEventListener> events,
      Map<String, String> settings);

  /**
   * Ends the plug-in; called once, when the monitor closes. Must not block for more than half a
   * second.
   */
  @Override
  void close();
}
