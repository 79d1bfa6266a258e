package com.ibstream.clocksync.history.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.history.chain.ChainVerdict;
import com.ibstream.clocksync.history.report.ClockReport;
import com.ibstream.clocksync.history.report.Metric;
import com.ibstream.clocksync.history.report.PeriodDetails;
import com.ibstream.clocksync.history.report.PeriodFigures;
import com.ibstream.clocksync.history.report.ServerFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReportHtmlTest {

  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>|@DATA@ $1 \\";
  private static final Instant FROM = Instant.parse("2026-11-16T00:00:00Z");

  private static ClockReport report(String text) {
    PeriodFigures figures =
        new PeriodFigures(
            1,
            1,
            Duration.ofDays(7),
            Duration.ofHours(1),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            0,
            0,
            DriftStatistics.EMPTY);
    return new ClockReport(
        FROM,
        FROM.plus(Duration.ofDays(7)),
        figures,
        List.of(),
        List.of(new Metric("drift", "< 10 ms", "unknown", Metric.Outcome.UNKNOWN)),
        List.of(),
        0,
        List.of(),
        new PeriodDetails(
            List.of(new PeriodDetails.DriftPoint(0, 2e6, -1_000_000, 5_000_000)),
            List.of(
                new ServerFigures(text, text, 1, 1, 0, text, 2, text, OptionalLong.of(1), 2, 3)),
            Map.of(text, Duration.ofHours(1)),
            Map.of(),
            List.of(new PeriodDetails.Warning(FROM, text))),
        Optional.empty(),
        3,
        Optional.of(
            new ChainVerdict(
                1, 1, Optional.of(new ChainVerdict.Break(text, 1, text)), text, List.of())));
  }

  @Test
  void shouldLetNoTextOutOfItsCell() {
    String page = ReportHtml.of(report(HOSTILE));

    assertThat(page).doesNotContain("<img").contains("&lt;/script&gt;&lt;img src=x");
    assertThat(page).contains("@DATA@ $1 \\").contains("3 lines of the history are no records");
    assertThat(page.split("</script>", -1)).hasSize(3);
    assertThat(ReportMarkdown.of(report(HOSTILE))).doesNotContain("<img").contains("\\|@DATA@");
  }

  @Test
  void shouldNeedNothingBesideItself() {
    String page = ReportHtml.of(report("text"));

    assertThat(page)
        .doesNotContain("http://")
        .doesNotContain("<link")
        .doesNotContain(" src=")
        .doesNotContain("@import")
        .contains("uPlot (v1.6.30)")
        .contains("[[0.000],[1.000000],[-2.000000],[-5.000000]]"); // the signs turn
  }
}
