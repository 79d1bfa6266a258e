package consumer;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.health.plugin.ClockHealthPlugin;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.TrustedClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Stamps, serves its health and is heard as a plug-in; throws where one of these fails. */
public final class Consumer {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int STAMPS = 1_000;
  private static final long WIDEST_BOUND_NANOS = 1_000_000_000L;

  private final String path;
  private final LongSupplier truthEpochNanos;

  private Consumer(String path, LongSupplier truthEpochNanos) {
    this.path = path;
    this.truthEpochNanos = truthEpochNanos;
  }

  /**
   * Runs the consumer.
   *
   * @param args {@code class path} or {@code module path}: where it believes itself to be
   * @throws Exception if anything is missing
   */
  public static void main(String[] args) throws Exception {
    String path = Consumer.class.getModule().isNamed() ? "module path" : "class path";
    require(path.equals(args[0]), "runs on the " + path + ", not on the " + args[0]);
    long zeroEpochNanos = System.currentTimeMillis() * 1_000_000L;
    long zeroMonoNanos = System.nanoTime();
    new Consumer(path, () -> zeroEpochNanos + (System.nanoTime() - zeroMonoNanos)).run();
  }

  private void run() throws IOException, InterruptedException, TimeoutException {
    try (TimeServer first = TimeServer.start("GPS1", truthEpochNanos);
        TimeServer second = TimeServer.start("PPS2", truthEpochNanos);
        TimeServer third = TimeServer.start("DCF3", truthEpochNanos)) {
      ClockMonitorConfig config =
          ClockMonitorConfig.builder()
              .servers(first.address(), second.address(), third.address())
              .setting(ClockHealthPlugin.PORT_KEY, "0")
              .setting(Witness.KEY, "heard")
              .build();
      ClockMonitor monitor = ClockMonitor.start(config);
      try {
        monitor.awaitTrusted(PATIENCE);
        long boundNanos = stamp(monitor.clock());
        URI health = health(monitor);
        Witness witness = witness(monitor);
        monitor.close();
        afterwards(monitor.clock(), witness, health);
        System.out.printf(
            "consumer: %s, JDK %s: %d stamps within %d ns, health at %s, %d events%n",
            path,
            Runtime.version().feature(),
            STAMPS,
            boundNanos,
            health.getPath(),
            witness.eventCount());
      } finally {
        monitor.close();
      }
    }
  }

  /** The widest bound of a thousand stamps, each of which holds the servers' time. */
  private long stamp(TrustedClock clock) {
    Reading reading = new Reading();
    long widestNanos = 0;
    for (int i = 0; i < STAMPS; i++) {
      long before = truthEpochNanos.getAsLong();
      clock.read(reading);
      long after = truthEpochNanos.getAsLong();
      require(reading.isTrusted(), "a stamp is not trusted: " + reading);
      require(
          reading.earliestEpochNanos() <= after && before <= reading.latestEpochNanos(),
          "a stamp does not hold the time, " + before + " to " + after + ": " + reading);
      widestNanos = Math.max(widestNanos, reading.errorBoundNanos());
    }
    require(0 < widestNanos && widestNanos < WIDEST_BOUND_NANOS, "bound of " + widestNanos + " ns");
    return widestNanos;
  }

  private static URI health(ClockMonitor monitor) throws IOException, InterruptedException {
    ClockHealthPlugin plugin =
        monitor
            .plugin(ClockHealthPlugin.class)
            .orElseThrow(() -> new IllegalStateException("the health plug-in was not found"));
    URI uri = plugin.endpoint().orElseThrow().uri("/system/health");
    HttpResponse<String> answer = get(uri);
    require(
        answer.body().contains("\"safe_to_stamp\""),
        uri + " says nothing of stamps: " + answer.body());
    require(
        get(plugin.endpoint().orElseThrow().uri("/ready")).statusCode() == 200,
        "not ready: " + answer.body());
    return uri;
  }

  private static Witness witness(ClockMonitor monitor) {
    Witness witness =
        monitor
            .plugin(Witness.class)
            .orElseThrow(() -> new IllegalStateException("the plug-in of our own was not found"));
    require(witness.word().equals("heard"), "the plug-in got no setting: '" + witness.word() + "'");
    require(witness.eventCount() > 0, "the plug-in heard of no event");
    return witness;
  }

  private static void afterwards(TrustedClock clock, Witness witness, URI health)
      throws InterruptedException {
    Reading reading = new Reading();
    clock.read(reading);
    require(!reading.isTrusted(), "trusted after the end: " + reading);
    require(witness.isClosed(), "the plug-in was not closed");
    try {
      throw new IllegalStateException("answers after the end: " + get(health).statusCode());
    } catch (IOException expected) {
      // nobody listens any more
    }
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    return client.send(
        HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void require(boolean isFulfilled, String failure) {
    if (!isFulfilled) {
      throw new IllegalStateException(failure);
    }
  }
}
