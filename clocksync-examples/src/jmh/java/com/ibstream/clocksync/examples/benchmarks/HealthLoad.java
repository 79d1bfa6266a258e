package com.ibstream.clocksync.examples.benchmarks;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.examples.loopback.FiveServers;
import com.ibstream.clocksync.examples.loopback.ServedTime;
import com.ibstream.clocksync.health.http.HealthAnswers;
import com.ibstream.clocksync.health.plugin.ClockHealthPlugin;
import com.ibstream.clocksync.time.Reading;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.TrustedClock;
import com.ibstream.clocksync.time.WallClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What health costs the trading process: {@code wrk} asks for {@code /system/health} over loopback
 * while another thread of the same process reads the trusted clock. Prints a table; ends by itself.
 * Needs {@code wrk}.
 */
public final class HealthLoad {

  private static final int SECONDS = 10;
  private static final int SLOW_CLIENTS = 500;
  private static final int ASKED = 200;
  private static final long SLOW_READ_NANOS = 1_000;

  private HealthLoad() {}

  /** Reads of the clock, and how many of them took long. */
  private record Reads(long count, long slow) {

    String text() {
      return String.format(
          Locale.ROOT, "%,d reads, %.5f %% over 1 us", count, 100.0 * slow / Math.max(1, count));
    }
  }

  /**
   * Measures.
   *
   * @param arguments none
   * @throws IOException if a socket or {@code wrk} cannot be had
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    ServedTime truth = ServedTime.of(Ruler.system(), WallClock.system());
    try (FiveServers servers = FiveServers.start(truth);
        ClockMonitor monitor =
            ClockMonitor.start(
                ClockMonitorConfig.builder()
                    .servers(servers.addresses())
                    .setting(ClockHealthPlugin.PORT_KEY, "0")
                    .build())) {
      while (!monitor.clock().isTrusted()) {
        Thread.sleep(100);
      }
      var endpoint = monitor.plugin(ClockHealthPlugin.class).orElseThrow().endpoint().orElseThrow();
      URI uri = endpoint.uri(HealthAnswers.SYSTEM_HEALTH);
      load(uri, 2 * SECONDS); // the compiler's share of the first seconds
      List<String> alone = load(uri, SECONDS);
      Reads idle = readFor(monitor.clock(), () -> Thread.sleep(SECONDS * 1_000L));
      List<String> said = new ArrayList<>();
      Reads loaded = readFor(monitor.clock(), () -> said.addAll(load(uri, SECONDS)));
      System.out.println("Load alone:");
      alone.forEach(System.out::println);
      System.out.println("Idle:   " + idle.text());
      System.out.println("Loaded, by a thread that does nothing but read: " + loaded.text());
      said.forEach(System.out::println);
      slowClients(endpoint.address(), uri);
    }
  }

  @FunctionalInterface
  private interface Meanwhile {
    void run() throws IOException, InterruptedException;
  }

  private static Reads readFor(TrustedClock clock, Meanwhile meanwhile)
      throws IOException, InterruptedException {
    AtomicBoolean isOver = new AtomicBoolean();
    long[] counts = new long[2];
    Thread reader =
        new Thread(
            () -> {
              Reading reading = new Reading();
              long before = System.nanoTime();
              while (!isOver.getPlain()) {
                clock.read(reading);
                long after = System.nanoTime();
                counts[0]++;
                counts[1] += after - before > SLOW_READ_NANOS ? 1 : 0;
                before = after;
                isOver.getOpaque();
              }
            },
            "reader");
    reader.setDaemon(true);
    reader.start();
    meanwhile.run();
    isOver.set(true);
    reader.join();
    return new Reads(counts[0], counts[1]);
  }

  private static List<String> load(URI uri, int seconds) throws IOException, InterruptedException {
    Process wrk =
        new ProcessBuilder("wrk", "-t1", "-c4", "-d" + seconds + "s", "--latency", uri.toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    wrk.waitFor();
    return text.lines()
        .filter(line -> line.matches(".*(50%|99%|Requests/sec|Non-2xx|Socket errors).*"))
        .toList();
  }

  private static void slowClients(InetSocketAddress address, URI uri)
      throws IOException, InterruptedException {
    List<Socket> slow = new ArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    try {
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket
            .getOutputStream()
            .write("GET /health HTTP/1.1\r\nHost: x".getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }
      long[] nanos = new long[ASKED];
      for (int i = 0; i < ASKED; i++) {
        long before = System.nanoTime();
        client.send(
            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
            HttpResponse.BodyHandlers.ofString());
        nanos[i] = System.nanoTime() - before;
      }
      Arrays.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "Beside %d clients that send half a request: %d answers, median %.2f ms, slowest %.2f ms%n",
          SLOW_CLIENTS,
          ASKED,
          nanos[ASKED / 2] / 1e6,
          nanos[ASKED - 1] / 1e6);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }
}
