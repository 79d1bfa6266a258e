package com.ibstream.clocksync.health.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * The dashboard: one page that needs nothing but the endpoint it comes from. Read once. Safe for
 * threads.
 */
final class DashboardPage {

  /** The page, of UTF-8. */
  static final String TEXT = read();

  /**
   * Lets the page's own style and script run, and no others, lets it ask the endpoint it comes
   * from, and nobody else, and forbids that text becomes HTML.
   */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src '"
          + hash("script")
          + "'; style-src '"
          + hash("style")
          + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

  /** What it is sent with. */
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", "text/html; charset=utf-8",
          "Cache-Control", "no-store",
          "Content-Security-Policy", CONTENT_SECURITY_POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer");

  private static final int OK = 200;

  private DashboardPage() {}

  /** The page with its headers. */
  static HealthAnswer answer() {
    return new HealthAnswer(OK, HEADERS, TEXT);
  }

  private static String read() {
    try (InputStream in = DashboardPage.class.getResourceAsStream("clock.html")) {
      if (in == null) {
        throw new IllegalStateException("clock.html is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of what stands between the only pair of such tags, as the policy wants it. */
  private static String hash(String tag) {
    String start = "<" + tag + ">";
    String end = "</" + tag + ">";
    int from = TEXT.indexOf(start) + start.length();
    int to = TEXT.indexOf(end);
    if (from < start.length() || to < from || TEXT.indexOf(start, to) >= 0) {
      throw new IllegalStateException("clock.html has not exactly one " + start);
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(TEXT.substring(from, to).getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
