package consumer;

import com.ibstream.clocksync.ClockMonitorPlugin;
import com.ibstream.clocksync.verdict.ClockEventListener;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A plug-in of the consumer's own: it sees what the monitor hands to plug-ins. */
public final class Witness implements ClockMonitorPlugin {

  static final String KEY = "witness.word";

  private final AtomicInteger eventCount = new AtomicInteger();
  private volatile String word = "";
  private volatile boolean isClosed;

  /** Found by name, made by the service loader. */
  public Witness() {}

  @Override
  public Set<String> settingKeys() {
    return Set.of(KEY);
  }

  @Override
  public void start(
      Supplier<ClockStatus> status,
      Consumer<ClockEventListener> events,
      Map<String, String> settings) {
    word = settings.getOrDefault(KEY, "");
    events.accept(event -> eventCount.incrementAndGet());
  }

  @Override
  public void close() {
    isClosed = true;
  }

  int eventCount() {
    return eventCount.get();
  }

  String word() {
    return word;
  }

  boolean isClosed() {
    return isClosed;
  }
}
