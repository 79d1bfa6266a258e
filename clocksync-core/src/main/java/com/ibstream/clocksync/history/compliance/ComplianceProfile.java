package com.ibstream.clocksync.history.compliance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a regulation asks of a clock. Immutable.
 *
 * @param id short name
 * @param title whose clocks
 * @param source where it says so
 * @param version which text of it
 * @param effective since when
 * @param limitNanos the greatest divergence from UTC that is allowed
 * @param granularityNanos the coarsest granularity of stamps; empty where it says none
 * @param isVerified whether somebody has read the figures in the regulation itself
 * @param note what else is to be known
 */
public record ComplianceProfile(
    String id,
    String title,
    String source,
    String version,
    LocalDate effective,
    long limitNanos,
    OptionalLong granularityNanos,
    boolean isVerified,
    String note) {

  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Those that come with the library.
   *
   * @return in a fixed order
   */
  public static List<ComplianceProfile> known() {
    try (InputStream stream = ComplianceProfile.class.getResourceAsStream("profiles.json")) {
      if (stream == null) {
        throw new IllegalStateException("profiles.json is missing from the class path");
      }
      List<ComplianceProfile> profiles = new ArrayList<>();
      for (JsonNode json : JSON.readTree(stream)) {
        profiles.add(of(json, "profiles.json"));
      }
      return List.copyOf(profiles);
    } catch (IOException e) {
      throw new UncheckedIOException("profiles.json", e);
    }
  }

  /**
   * One of those.
   *
   * @param id its short name
   * @return empty if there is none of that name
   */
  public static Optional<ComplianceProfile> known(String id) {
    return known().stream().filter(profile -> profile.id.equals(id)).findFirst();
  }

  /**
   * One of one's own: a JSON object with {@code id}, {@code title}, {@code source}, {@code
   * version}, {@code effective} (a date), {@code limit_ns}, and perhaps {@code granularity_ns},
   * {@code verified}, {@code note}.
   *
   * @param file to be read
   * @return the profile
   * @throws IOException if it cannot be read, or is no JSON
   * @throws IllegalArgumentException if something is missing or makes no sense; names it
   */
  public static ComplianceProfile read(Path file) throws IOException {
    return of(JSON.readTree(Files.readAllBytes(file)), file.toString());
  }

  private static ComplianceProfile of(JsonNode json, String where) {
    long limit = whole(json, "limit_ns", where).orElse(0);
    if (limit <= 0) {
      throw new IllegalArgumentException(where + ": limit_ns must be a positive whole number");
    }
    try {
      return new ComplianceProfile(
          text(json, "id", where),
          text(json, "title", where),
          text(json, "source", where),
          text(json, "version", where),
          LocalDate.parse(text(json, "effective", where)),
          limit,
          whole(json, "granularity_ns", where),
          json.path("verified").asBoolean(false),
          json.path("note").asText(""));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          where + ": effective must be a date such as 2018-01-03", e);
    }
  }

  private static String text(JsonNode json, String name, String where) {
    String text = json.path(name).asText("");
    if (text.isBlank()) {
      throw new IllegalArgumentException(where + ": " + name + " is missing");
    }
    return text;
  }

  private static OptionalLong whole(JsonNode json, String name, String where) {
    JsonNode value = json.path(name);
    if (value.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(where + ": " + name + " must be a whole number");
    }
    return OptionalLong.of(value.asLong());
  }
}
