package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.OverallStatus;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for {@value #HEALTH}, {@value #SYSTEM_HEALTH} and {@value #TIME_STATUS}, without
 * a socket: what server ever the host service has can send them. A request never measures; it reads
 * the latest status. Never throws. Safe for any number of threads.
 */
public final class HealthAnswers {

  /** The path of the service's health. */
  public static final String HEALTH = "/health";

  /** The path of the whole system's health, for monitoring from outside: its status code tells. */
  public static final String SYSTEM_HEALTH = "/system/health";

  /** The path of the bare {@code time_sync} object. */
  public static final String TIME_STATUS = "/time/status";

  private static final Logger LOG = LoggerFactory.getLogger(HealthAnswers.class);
  private static final Set<String> PATHS = Set.of(HEALTH, SYSTEM_HEALTH, TIME_STATUS);
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store");
  private static final Map<String, String> HEADERS_WITH_ALLOW =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store", "Allow", "GET, HEAD");

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int INTERNAL_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  private final JsonMapper mapper =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private final ClockHealthContributor contributor;
  private final BoundedHostFacts hostFacts;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  /**
   * Answers from time and the host's facts.
   *
   * @param contributor knows the health of time
   * @param hostFacts gives what only the host service knows, at every request anew
   */
  public HealthAnswers(ClockHealthContributor contributor, Supplier<HostFacts> hostFacts) {
    this.contributor = contributor;
    this.hostFacts = new BoundedHostFacts(new HostFactsReader(mapper, hostFacts)::read);
  }

  /**
   * Whether there is something at a path.
   *
   * @param path without a query
   * @return true for the three paths
   */
  public static boolean isKnown(String path) {
    return PATHS.contains(path);
  }

  /**
   * Answers one request.
   *
   * @param method of HTTP
   * @param target path, with or without a query, which is ignored
   * @return the answer; for HEAD the same as for GET
   */
  public HealthAnswer answer(String method, String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    if (!isKnown(path)) {
      return text(
          NOT_FOUND,
          HEADERS,
          error("not found; there are " + String.join(", ", PATHS.stream().sorted().toList())));
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return text(
          METHOD_NOT_ALLOWED, HEADERS_WITH_ALLOW, error("method not allowed; use GET or HEAD"));
    }
    try {
      return switch (path) {
        case HEALTH -> json(OK, new HealthJson(contributor.snapshot(), hostFacts.read()).service());
        case SYSTEM_HEALTH -> systemHealth();
        default -> json(OK, StatusJson.timeSync(contributor.snapshot()));
      };
    } catch (JsonProcessingException | RuntimeException | Error e) {
      if (logged.add(path + e.getClass().getName())) {
        LOG.error("no answer to {} (further failures are not logged)", path, e);
      }
      return failure(path, e.getClass().getSimpleName());
    }
  }

  private HealthAnswer systemHealth() throws JsonProcessingException {
    HealthJson health = new HealthJson(contributor.snapshot(), hostFacts.read());
    return json(
        health.systemStatus() == OverallStatus.DEGRADED ? UNAVAILABLE : OK, health.system());
  }

  /** Our own failure, in the shapes that the existing service has for it. */
  private static HealthAnswer failure(String path, String why) {
    return switch (path) {
      case HEALTH ->
          text(UNAVAILABLE, HEADERS, object().put("status", "unhealthy").put("error", why));
      case SYSTEM_HEALTH ->
          text(INTERNAL_ERROR, HEADERS, object().put("system_status", "error").put("error", why));
      default -> text(INTERNAL_ERROR, HEADERS, error(why).putNull("drift_ms"));
    };
  }

  private static ObjectNode error(String message) {
    return object().put("status", "error").put("message", message);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private HealthAnswer json(int statusCode, ObjectNode body) throws JsonProcessingException {
    return new HealthAnswer(statusCode, HEADERS, mapper.writeValueAsString(body));
  }

  /** An answer of strings only, which cannot fail. */
  private static HealthAnswer text(int statusCode, Map<String, String> headers, ObjectNode body) {
    return new HealthAnswer(statusCode, headers, body.toString());
  }
}
