package com.ibstream.clocksync.examples.requalify;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibstream.clocksync.history.stamps.Qualification;
import com.ibstream.clocksync.history.stamps.StampQuality;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequalifierTest {

  private static final long SECOND = 1_000_000_000L;

  /** Every stamp was 37 s slow, known to 5 ms. */
  private final Requalifier requalifier =
      new Requalifier(
          (stamp, notBefore, notAfter) ->
              new Qualification(
                  StampQuality.GOOD,
                  stamp + 37 * SECOND - 5_000_000,
                  stamp + 37 * SECOND + 5_000_000));

  private String copy(String lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    requalifier.copy(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldAddToAV3RecordAndChangeNothingInIt() throws IOException {
    assertThat(
            copy(
                "{\"ts\":1754010291910988,\"st\":1754010291911004,\"cid\":711280073,\"tt\":\"bid_ask\","
                    + "\"rid\":1014076394,\"bp\":23260.0,\"bs\":4.0, \"x\":{\"st\":1} }\n"))
        .isEqualTo(
            "{\"ts\":1754010291910988,\"st\":1754010291911004,\"cid\":711280073,\"tt\":\"bid_ask\","
                + "\"rid\":1014076394,\"bp\":23260.0,\"bs\":4.0, \"x\":{\"st\":1} "
                + ",\"cst\":1754010328911004,\"cse\":5002,\"csq\":\"good\"}\n");
  }

  @Test
  void shouldAddToAV2RecordByItsEnvelope() throws IOException {
    String record =
        "{\"type\": \"tick\", \"stream_id\": \"Ä\", \"timestamp\": \"2025-07-24T12:00:00.653906+00:00\","
            + " \"data\": {\"timestamp\": \"2025-07-24 07:00:37\", \"unix_time\": 1753358437}}";
    assertThat(copy(record))
        .isEqualTo(
            record.substring(0, record.length() - 1)
                + ",\"clock_time\":\"2025-07-24T12:00:37.653906+00:00\",\"clock_error_us\":5002,"
                + "\"clock_quality\":\"good\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"st\":\"1754010291911004\"}",
        "{\"st\":-1}",
        "{\"st\":99999999999999999999999}",
        "{\"st\":9223372036854775807}",
        "{\"timestamp\":\"2025-07-24 12:00:00\"}",
        "{\"timestamp\":\"2025-07-24T12:00:00+00:00Z\"}",
        "{\"timestamp\":null}"
      })
  void shouldMarkARecordWhoseStampCannotBeRead(String record) throws IOException {
    assertThat(copy(record + "\n")).endsWith("q\":\"no_stamp\"}\n".replace("q\":", mark(record)));
    assertThat(requalifier.counts()).containsEntry("no_stamp", 1L).hasSize(1);
  }

  private static String mark(String record) {
    return record.contains("\"st\"") ? "csq\":" : "clock_quality\":";
  }

  @Test
  void shouldCopyWhatIsNoTickAndNameTheLines() throws IOException {
    String text = "not json\n\n[1]\n{\"a\":1}\n{\"st\":1} {\"st\":1}\n{\"st\":\n{\"st\":1";

    assertThat(copy(text)).isEqualTo(text);
    assertThat(requalifier.foreignCount()).isEqualTo(6);
    assertThat(requalifier.namedLines()).containsExactly(1L, 3L, 4L, 5L, 6L);
    assertThat(requalifier.lineCount()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ts\":1754010291000000,\"st\":5}|1754010289000000000|1754010303000000000",
        "{\"ts\":1754010291000001,\"st\":5}|-9223372036854775808|9223372036854775807",
        "{\"ts\":\"x\",\"st\":5}|-9223372036854775808|9223372036854775807",
        "{\"ts\":9223372036854000000,\"st\":5}|-9223372036854775808|9223372036854775807",
        "{\"timestamp\":\"2025-07-24T12:00:00Z\",\"data\":{\"unix_time\":1754010291}}"
            + "|1754010289000000000|1754010303000000000",
        "{\"timestamp\":\"2025-07-24T12:00:00Z\",\"data\":[1]}"
            + "|-9223372036854775808|9223372036854775807"
      })
  void shouldTellWhenItWasByTheFeedWhereTheFeedKnows(String record, long from, long to)
      throws IOException {
    List<Long> told = new ArrayList<>();
    Requalifier asking =
        new Requalifier(
            (stamp, notBefore, notAfter) -> {
              told.add(notBefore);
              told.add(notAfter);
              return new Qualification(StampQuality.GOOD, stamp, stamp);
            });
    asking.copy(
        new ByteArrayInputStream(record.getBytes(StandardCharsets.UTF_8)),
        new ByteArrayOutputStream());

    assertThat(told).containsExactly(from, to);
  }

  @Test
  void shouldLeaveWhatHasAMarkAlready() throws IOException {
    String once = copy("{\"st\":1754010291911004}\n");

    assertThat(copy(once)).isEqualTo(once);
    assertThat(requalifier.doneBeforeCount()).isEqualTo(1);
  }

  @Test
  void shouldAddOnlyAMarkWhereNobodyLooked() throws IOException {
    Requalifier blind =
        new Requalifier(
            (stamp, notBefore, notAfter) ->
                new Qualification(StampQuality.UNMONITORED, Long.MIN_VALUE, Long.MAX_VALUE));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    blind.copy(new ByteArrayInputStream("{\"st\":1}".getBytes(StandardCharsets.UTF_8)), out);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"st\":1,\"csq\":\"unmonitored\"}");
  }
}
