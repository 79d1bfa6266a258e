package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.health.OverallStatus;
import com.ibstream.clocksync.time.Ruler;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests without a socket: what server ever the host service has can send them. A request
 * never measures; it reads the latest status. Never throws. Safe for any number of threads.
 */
public final class HealthAnswers {

  /** The path of the service's health. */
  public static final String HEALTH = "/health";

  /** The path of the whole system's health, for monitoring from outside: its status code tells. */
  public static final String SYSTEM_HEALTH = "/system/health";

  /** The path of the bare {@code time_sync} object. */
  public static final String TIME_STATUS = "/time/status";

  /** The path of the drift of the last hours. */
  public static final String DRIFT_HISTORY = "/time/drift/history";

  /** The path of the latest events. */
  public static final String EVENTS = "/time/events";

  /** The path that answers as long as the process does: restart it where there is no answer. */
  public static final String LIVE = "/live";

  /** The path whose status code tells whether stamps may be taken now. */
  public static final String READY = "/ready";

  /** The path of the page for people; below a context it is to be asked for there. */
  public static final String DASHBOARD = "/clock";

  private static final int USUAL_LIMIT = 100;

  private static final Logger LOG = LoggerFactory.getLogger(HealthAnswers.class);
  private static final Set<String> PATHS =
      Set.of(HEALTH, SYSTEM_HEALTH, TIME_STATUS, DRIFT_HISTORY, EVENTS, LIVE, READY, DASHBOARD);
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store");
  private static final Map<String, String> HEADERS_WITH_ALLOW =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store", "Allow", "GET, HEAD");

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int INTERNAL_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  private final JsonMapper mapper =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private final ClockHealthContributor contributor;
  private final BoundedHostFacts hostFacts;
  private final DriftLog drifts;
  private final EventLog events;
  private final Map<String, Supplier<HealthAnswer>> pages;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  /**
   * Answers from time and the host's facts, with nothing of the past.
   *
   * @param contributor knows the health of time
   * @param hostFacts gives what only the host service knows, at every request anew
   */
  public HealthAnswers(ClockHealthContributor contributor, Supplier<HostFacts> hostFacts) {
    this(contributor, hostFacts, new DriftLog(), new EventLog(), Map.of());
  }

  /**
   * Answers from time, the host's facts and the latest past.
   *
   * @param contributor knows the health of time
   * @param hostFacts gives what only the host service knows, at every request anew
   * @param drifts the drift of the last hours
   * @param events the latest events
   * @param pages what else there is, by path; asked at every request
   */
  public HealthAnswers(
      ClockHealthContributor contributor,
      Supplier<HostFacts> hostFacts,
      DriftLog drifts,
      EventLog events,
      Map<String, Supplier<HealthAnswer>> pages) {
    this.contributor = contributor;
    this.hostFacts =
        new BoundedHostFacts(new HostFactsReader(mapper, hostFacts)::read, Ruler.system());
    this.drifts = drifts;
    this.events = events;
    this.pages = Map.copyOf(pages);
  }

  /**
   * Whether there is something at a path.
   *
   * @param path without a query
   * @return true for those that are answered
   */
  public boolean isKnown(String path) {
    return PATHS.contains(path) || pages.containsKey(path);
  }

  /**
   * Answers one request.
   *
   * @param method of HTTP
   * @param target path, with or without a query, of which only {@code limit} counts
   * @return the answer; for HEAD the same as for GET
   */
  public HealthAnswer answer(String method, String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    if (!isKnown(path)) {
      return text(NOT_FOUND, HEADERS, error("not found; there are " + String.join(", ", known())));
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return text(
          METHOD_NOT_ALLOWED, HEADERS_WITH_ALLOW, error("method not allowed; use GET or HEAD"));
    }
    try {
      return content(path, query < 0 ? "" : target.substring(query + 1));
    } catch (BadQueryException e) {
      return text(BAD_REQUEST, HEADERS, error(String.valueOf(e.getMessage())));
    } catch (JsonProcessingException | RuntimeException | Error e) {
      if (logged.add(path + e.getClass().getName())) {
        LOG.error("no answer to {} (further failures are not logged)", path, e);
      }
      return failure(path, e.getClass().getSimpleName());
    }
  }

  private List<String> known() {
    return Stream.concat(PATHS.stream(), pages.keySet().stream()).sorted().toList();
  }

  private HealthAnswer content(String path, String query)
      throws JsonProcessingException, BadQueryException {
    return switch (path) {
      case HEALTH -> json(OK, new HealthJson(contributor.snapshot(), hostFacts.read()).service());
      case SYSTEM_HEALTH -> systemHealth();
      case TIME_STATUS -> json(OK, StatusJson.timeSync(contributor.snapshot()));
      case DRIFT_HISTORY ->
          new HealthAnswer(
              OK, HEADERS, drifts.text(Query.limit(query, USUAL_LIMIT, DriftLog.MOST_ENTRIES)));
      case EVENTS ->
          json(
              OK,
              events.json(
                  Query.limit(query, USUAL_LIMIT, EventLog.MOST_EVENTS), contributor.snapshot()));
      case LIVE -> text(OK, HEADERS, object().put("status", "live"));
      case READY -> ready();
      case DASHBOARD -> DashboardPage.answer();
      default -> pages.get(path).get();
    };
  }

  private HealthAnswer ready() {
    HealthSnapshot snapshot = contributor.snapshot();
    if (snapshot.isSafeToStamp()) {
      return text(OK, HEADERS, object().put("status", "ready"));
    }
    ObjectNode json = object().put("status", "not ready");
    snapshot.health().reasons().forEach(json.putArray("reasons")::add);
    return text(UNAVAILABLE, HEADERS, json);
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
