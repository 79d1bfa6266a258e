package com.ibstream.clocksync;

import com.google.common.base.CharMatcher;
import com.ibstream.clocksync.facts.ConfigFinding;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.service.config.ConfigLint;
import com.ibstream.clocksync.service.config.ConfigTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the configuration of the host's time service for mistakes, and writes a good one. Only
 * reads what it is given; nothing on the host is changed. Safe for any number of threads.
 */
public final class TimeServiceConfig {

  /**
   * Servers that serve UTC, also near a leap second, from two operators and two pools: the owner's
   * plan without Google, which smears.
   */
  public static final List<String> DEFAULT_SERVERS =
      List.of("time.cloudflare.com", "time.nist.gov", "pool.ntp.org", "us.pool.ntp.org");

  private TimeServiceConfig() {}

  /**
   * Looks at one text.
   *
   * @param fileName for the findings, and to tell whose it is where the text does not
   * @param text the content of a configuration file; anything at all
   * @return what is wrong, in the order of the lines
   */
  public static List<ConfigFinding> check(String fileName, String text) {
    return ConfigLint.check(fileName, text, Optional.empty());
  }

  /**
   * Looks at one text of a known service.
   *
   * @param fileName for the findings
   * @param text the content of a configuration file; anything at all
   * @param service whose it is
   * @return what is wrong, in the order of the lines
   */
  public static List<ConfigFinding> check(String fileName, String text, TimeService service) {
    return ConfigLint.check(fileName, text, Optional.of(service));
  }

  /**
   * Looks at the files of one host, each by itself and then whether they are of more than one
   * service. Other files that they name are not read.
   *
   * @param files which; of a very long one only the beginning is read
   * @param service whose all of them are; empty to find that out
   * @return what is wrong, file by file
   * @throws IOException if one cannot be read; the message names it and says why
   */
  public static List<ConfigFinding> check(List<Path> files, Optional<TimeService> service)
      throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Path file : files) {
      texts.put(file.toString(), read(file));
    }
    return ConfigLint.check(texts, service);
  }

  /**
   * Whose configuration a text is.
   *
   * @param fileName decides where the text does not
   * @param text the content of a configuration file
   * @return empty if neither says
   */
  public static Optional<TimeService> recognise(String fileName, String text) {
    return ConfigLint.recognise(fileName, text);
  }

  /**
   * Writes a good configuration. With fewer than four sources {@link #check} still says so.
   *
   * @param service for which service
   * @param servers host names or addresses; names under {@code pool.ntp.org} become pools
   * @return the text of the file, ending with a line break
   * @throws IllegalArgumentException if there is no server, or one is malformed, comes twice, has a
   *     port, is the local clock, or smears leap seconds where another does not; the message holds
   *     the culprit
   */
  public static String generate(TimeService service, List<String> servers) {
    LinkedHashSet<String> hosts = new LinkedHashSet<>();
    for (String server : servers) {
      if (!hosts.add(host(server))) {
        throw new IllegalArgumentException("server \"" + server + "\" comes twice");
      }
    }
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("at least one server is needed");
    }
    String text = ConfigTemplate.text(service, List.copyOf(hosts));
    ConfigLint.check(service.word(), text, Optional.of(service)).stream()
        .filter(finding -> finding.severity() == ConfigFinding.Severity.ERROR)
        .findFirst()
        .ifPresent(
            finding -> {
              throw new IllegalArgumentException("servers " + hosts + ": " + finding.reason());
            });
    return text;
  }

  private static String host(String server) {
    ServerAddress address = ServerAddress.parse(server);
    if (ServerAddress.namesPort(server)) {
      throw new IllegalArgumentException(
          "server \"" + server + "\": a configuration names no port, it is always 123");
    }
    if (CharMatcher.is('%').matchesAnyOf(address.host())) {
      throw new IllegalArgumentException(
          "server \"" + server + "\": an address with a zone cannot be written for every service");
    }
    return address.host();
  }

  /** Bytes that are no UTF-8 are replaced: they can only be in comments, or in garbage. */
  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(4 * ConfigLint.MOST_CHARACTERS), StandardCharsets.UTF_8);
    } catch (NoSuchFileException missing) {
      throw unreadable(file, "there is no such file", missing);
    } catch (AccessDeniedException denied) {
      throw unreadable(file, "permission denied", denied);
    } catch (IOException failed) {
      throw unreadable(file, String.valueOf(failed.getMessage()), failed);
    }
  }

  private static IOException unreadable(Path file, String why, IOException cause) {
    return new IOException("cannot read " + file + ": " + why, cause);
  }
}
