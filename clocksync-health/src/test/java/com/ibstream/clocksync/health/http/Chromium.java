package com.ibstream.clocksync.health.http;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** One page of a headless Chromium, over its DevTools protocol; it resolves no name. */
final class Chromium implements AutoCloseable {

  static final Optional<Path> PROGRAM =
      Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst();

  private static final int LIMIT_SECONDS = 30;

  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final Process process;
  private final WebSocket socket;

  Chromium(Path directory) throws Exception {
    process =
        new ProcessBuilder(
                PROGRAM.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--hide-scrollbars",
                "--disable-lcd-text",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--user-data-dir=" + directory,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    try {
      HttpClient client = HttpClient.newHttpClient();
      socket =
          client.newWebSocketBuilder().buildAsync(page(directory, client), new Listener()).join();
      call("Page.enable", Map.of());
      call("Runtime.enable", Map.of());
      call("Log.enable", Map.of());
    } catch (Exception e) {
      end();
      throw e;
    }
  }

  private URI page(Path directory, HttpClient client) throws Exception {
    Path port = directory.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (System.nanoTime() < end) {
      if (Files.exists(port) && Files.readAllLines(port).size() > 1) {
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list");
        String body =
            client
                .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        for (JsonNode target : mapper.readTree(body)) {
          if (target.path("type").asText().equals("page")) {
            return URI.create(target.get("webSocketDebuggerUrl").asText());
          }
        }
      }
      await().pollDelay(Duration.ofMillis(50)).until(() -> true);
    }
    throw new IOException("no page of chromium within " + LIMIT_SECONDS + " s");
  }

  /** Takes answers and what the page complains about. */
  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
      text.append(data);
      from.request(1);
      if (isLast) {
        String message = text.toString();
        text.setLength(0);
        take(message);
      }
      return null;
    }
  }

  private void take(String message) {
    JsonNode json = Json.parse(message);
    CompletableFuture<JsonNode> answer =
        json.has("id") ? waiting.remove(json.get("id").asInt()) : null;
    if (answer != null) {
      answer.complete(json);
      return;
    }
    String method = json.path("method").asText();
    boolean isBad =
        method.equals("Runtime.exceptionThrown")
            || method.equals("Runtime.consoleAPICalled")
            || (method.equals("Log.entryAdded")
                && !json.at("/params/entry/source").asText().equals("network"));
    if (isBad) {
      complaints.add(message);
    }
  }

  /** Errors of scripts and of the security policy since the start; not failed requests. */
  List<String> complaints() {
    return complaints;
  }

  JsonNode call(String method, Map<String, ?> params) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id).put("method", method);
    json.set("params", mapper.valueToTree(params));
    socket.sendText(json.toString(), true).join();
    JsonNode found = answer.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    if (found.has("error")) {
      throw new IllegalStateException(method + ": " + found.get("error"));
    }
    return found.get("result");
  }

  void open(String url) {
    call("Page.navigate", Map.of("url", url));
  }

  JsonNode evaluate(String script) {
    JsonNode found = call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true));
    if (found.has("exceptionDetails")) {
      throw new IllegalStateException(script + ": " + found.get("exceptionDetails"));
    }
    return found.at("/result/value");
  }

  String text(String id) {
    return evaluate("(document.getElementById('" + id + "') || {textContent: ''}).textContent")
        .asText();
  }

  void size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void colours(String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void press(String key, int code) {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
    }
  }

  void screenshot(Path file) throws IOException {
    String data = call("Page.captureScreenshot", Map.of("format", "png")).get("data").asText();
    Files.createDirectories(file.toAbsolutePath().getParent());
    // Written anew, for chromium packs in haste.
    ImageIO.write(
        ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data))),
        "png",
        file.toFile());
  }

  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    socket.abort();
    end();
  }
}
