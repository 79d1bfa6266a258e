package com.ibstream.clocksync;

import com.ibstream.clocksync.verdict.ClockEventListener;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plug-ins of one monitor. Filled while the monitor starts, by one thread. */
final class Plugins {

  private static final Logger LOG = LoggerFactory.getLogger(ClockMonitor.class);
  private static final long CLOSE_MILLIS = 500;

  private final List<ClockMonitorPlugin> running = new ArrayList<>();

  /** Starts those that {@link ServiceLoader} finds, until one refuses, each with what it knows. */
  void start(
      Map<String, String> settings,
      Supplier<ClockStatus> status,
      Consumer<ClockEventListener> events) {
    for (ClockMonitorPlugin plugin : ServiceLoader.load(ClockMonitorPlugin.class)) {
      plugin.start(status, events, settingsOf(plugin, settings));
      running.add(plugin);
    }
  }

  private static Map<String, String> settingsOf(
      ClockMonitorPlugin plugin, Map<String, String> settings) {
    return settings.entrySet().stream()
        .filter(setting -> plugin.settingKeys().contains(setting.getKey()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  <T extends ClockMonitorPlugin> Optional<T> find(Class<T> type) {
    return running.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Closes each on a thread of its own, which may hang as long as it likes. */
  void close() {
    running.forEach(Plugins::close);
  }

  private static void close(ClockMonitorPlugin plugin) {
    Thread thread = new Thread(() -> closeOrLog(plugin), "clocksync-close");
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeOrLog(ClockMonitorPlugin plugin) {
    try {
      plugin.close();
    } catch (RuntimeException | Error e) {
      LOG.error("plug-in {} failed to close", plugin.getClass().getName(), e);
    }
  }
}
