package com.ibstream.clocksync.fuzz;

import static com.ibstream.clocksync.fuzz.Invariant.require;

import com.ibstream.clocksync.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Any text as a server. */
public final class AddressFuzz {

  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

  private AddressFuzz() {}

  /** Tries one input, taken as UTF-8. */
  public static void fuzzerTestOneInput(byte[] data) {
    check(new String(data, StandardCharsets.UTF_8));
  }

  /** A text is a server in normal form, or refused with its own words. */
  static void check(String text) {
    Optional<ServerAddress> read = read(text);
    if (read.isEmpty()) {
      return;
    }
    ServerAddress address = read.get();
    require(
        PRINTABLE.matcher(address.host()).matches() && address.port() > 0,
        "\"%s\" was read as the strange host \"%s\"",
        text,
        address.host());
    Optional<ServerAddress> again = read(address.toString());
    require(
        again.equals(read),
        "\"%s\" is %s, but that is read as %s",
        text,
        address,
        again.orElse(null));
  }

  private static Optional<ServerAddress> read(String text) {
    try {
      return Optional.of(ServerAddress.parse(text));
    } catch (IllegalArgumentException refused) {
      require(
          refused.getMessage().contains("\"" + text + "\""),
          "the message does not say what was refused: %s",
          refused.getMessage());
      return Optional.empty();
    }
  }
}
