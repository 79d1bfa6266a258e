package com.ibstream.clocksync;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.history.publish.ReportHtml;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.ReportBuilder;
import com.ibstream.clocksync.testing.SimulatedWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report as a browser shows it, without any network. */
class ReportInBrowserIT {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 26);
  private static final long SECOND = 1_000_000_000L;
  private static final Path KEPT = Path.of("target", "report-in-browser");

  @TempDir private Path directory;
  private final Optional<Path> browser =
      Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst();

  @BeforeEach
  void findBrowser() {
    boolean isRequired = Boolean.parseBoolean(System.getenv("REQUIRE_BROWSER"));
    Assumptions.assumeTrue(
        browser.isPresent() || isRequired, "no chromium on this machine: nothing is opened");
    assertThat(browser).as("REQUIRE_BROWSER is set").isPresent();
  }

  private Path page(boolean hasServers) throws IOException {
    SimulatedWorld world = new SimulatedWorld(1, DAY.atStartOfDay().toInstant(ZoneOffset.UTC));
    for (int i = 1; hasServers && i <= 4; i++) {
      world.server("192.0.2." + i).path(5_000_000, 5_000_000, 300_000);
    }
    try (ClockMonitor monitor =
        ClockMonitor.start(
            ClockMonitorConfig.builder()
                .servers("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
                .slewAllowancePpm(500)
                .lookInterval(Duration.ofSeconds(5))
                .setting("history.directory", directory.resolve("history").toString())
                .build(),
            world.seams())) {
      world.runFor(Duration.ofHours(6));
      world.wallClock().step(-SECOND / 10);
      world.runFor(Duration.ofHours(3));
      assertThat(monitor.status().isSafeToStamp()).isEqualTo(hasServers);
    }
    ClockReport report =
        new ReportBuilder(DAY, DAY, Instant.EPOCH.plusNanos(world.trueEpochNanos()))
            .read(directory.resolve("history"), percent -> {});
    Files.createDirectories(KEPT);
    Path page = KEPT.resolve(hasServers ? "report.html" : "empty.html").toAbsolutePath();
    Files.writeString(page, ReportHtml.of(report));
    return page;
  }

  private record Shown(String dom, String log) {}

  private Shown open(Path page, String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                browser.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + directory.resolve("profile"),
                "--enable-logging=stderr",
                "--virtual-time-budget=5000"));
    command.addAll(List.of(options));
    command.add(page.toUri().toString());
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Shown(
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void shouldDrawTheChartWithoutAnyError() throws IOException, InterruptedException {
    Path page = page(true);
    Shown shown = open(page, "--window-size=1200,1600", "--dump-dom");
    open(
        page,
        "--window-size=1200,1600",
        "--screenshot=" + KEPT.resolve("wide.png").toAbsolutePath());
    open(
        page,
        "--window-size=400,1600",
        "--screenshot=" + KEPT.resolve("phone.png").toAbsolutePath());

    assertThat(shown.log()).doesNotContain("CONSOLE").doesNotContain("Uncaught");
    assertThat(shown.dom())
        .containsPattern("<html lang=\"en\" data-drawn=\"[1-9]\\d{2,3}\"")
        .contains("<canvas");
    assertThat(KEPT.resolve("wide.png")).isNotEmptyFile();
    assertThat(KEPT.resolve("phone.png")).isNotEmptyFile();
  }

  @Test
  void shouldSayThatNothingWasMeasured() throws IOException, InterruptedException {
    Shown shown = open(page(false), "--dump-dom");

    assertThat(shown.log()).doesNotContain("CONSOLE").doesNotContain("Uncaught");
    assertThat(shown.dom()).contains("data-drawn=\"nothing\"").contains("Nothing was measured.");
  }
}
