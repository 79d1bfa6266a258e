package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.ibstream.clocksync.health.OverallStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the host service for its facts, question by question, and survives every answer. Safe for
 * many threads.
 */
final class HostFactsReader {

  private static final Logger LOG = LoggerFactory.getLogger(HostFactsReader.class);

  private static final Set<String> RESERVED_KEYS =
      Set.of("service", "status", "timestamp", "tws_connected", "time_sync", "issues");

  /** A bound, for the names of keys are the host's. */
  private static final int MAX_LOGGED = 100;

  private final JsonMapper mapper;
  private final Supplier<HostFacts> source;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  HostFactsReader(JsonMapper mapper, Supplier<HostFacts> source) {
    this.mapper = mapper;
    this.source = source;
  }

  HostView read() {
    List<String> problems = new ArrayList<>();
    HostFacts facts = ask("host facts", source, HostFacts.NONE, problems);
    String name = ask("serviceName", facts::serviceName, HostFacts.NONE.serviceName(), problems);
    Optional<Boolean> tws = ask("twsConnected", facts::twsConnected, Optional.empty(), problems);
    OverallStatus status =
        ask("status", facts::status, OverallStatus.HEALTHY, problems); // a problem degrades anyway
    Map<String, JsonNode> keys = additionalKeys(facts, problems);
    Map<String, ServiceFacts> services = furtherServices(facts, name, problems);
    Optional<JsonNode> storage =
        ask("storage", () -> facts.storage().map(this::storage), Optional.empty(), problems);
    return new HostView(name, tws, status, keys, services, storage, List.copyOf(problems));
  }

  private Map<String, JsonNode> additionalKeys(HostFacts facts, List<String> problems) {
    Map<String, JsonNode> keys = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : entries("additionalKeys", facts::additionalKeys, problems)) {
      String what = "additionalKeys." + entry.getKey();
      ask(what, () -> keys.put(additionalKey(entry.getKey()), json(entry.getValue())), problems);
    }
    return keys;
  }

  private static String additionalKey(Object key) {
    if (!(key instanceof String text) || RESERVED_KEYS.contains(text)) {
      throw new MisuseException("the key '" + key + "' is reserved");
    }
    return text;
  }

  private Map<String, ServiceFacts> furtherServices(
      HostFacts facts, String ownName, List<String> problems) {
    Map<String, ServiceFacts> services = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : entries("furtherServices", facts::furtherServices, problems)) {
      String what = "furtherServices." + entry.getKey();
      ask(
          what,
          () -> services.put(serviceName(entry.getKey(), ownName), service(entry.getValue())),
          problems);
    }
    return services;
  }

  private static String serviceName(Object name, String ownName) {
    if (!(name instanceof String text) || text.equals(ownName)) {
      throw new MisuseException("the name '" + name + "' is the service's own");
    }
    return text;
  }

  private static ServiceFacts service(Object value) {
    if (!(value instanceof ServiceFacts facts)) {
      throw new MisuseException("not a service: " + value);
    }
    return facts;
  }

  private JsonNode storage(Map<String, ?> storage) {
    JsonNode node = json(storage);
    if (!node.path("status").isTextual()) {
      throw new MisuseException(
          "storage needs a status that is a string: " + storage.get("status"));
    }
    return node;
  }

  /**
   * A value as JSON. Written once for trial, so that nothing fails later that could spoil the whole
   * answer.
   */
  private JsonNode json(Object value) {
    JsonNode node = value == null ? NullNode.getInstance() : mapper.valueToTree(value);
    try {
      mapper.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON", e);
    }
    return node;
  }

  private List<Map.Entry<?, ?>> entries(
      String what, Supplier<Map<String, ?>> question, List<String> problems) {
    return ask(what, () -> copied(question.get()), List.of(), problems);
  }

  private static List<Map.Entry<?, ?>> copied(Map<?, ?> map) {
    return map == null ? null : new ArrayList<>(new LinkedHashMap<>(map).entrySet());
  }

  private void ask(String what, Runnable question, List<String> problems) {
    ask(
        what,
        () -> {
          question.run();
          return Collections.emptyList();
        },
        Collections.emptyList(),
        problems);
  }

  private <T> T ask(
      String what, Supplier<? extends T> question, T fallback, List<String> problems) {
    try {
      T answer = question.get();
      if (answer != null) {
        return answer;
      }
      problems.add(what + " is null");
    } catch (MisuseException e) {
      problems.add(what + ": " + e.getMessage());
    } catch (RuntimeException | Error e) {
      problems.add(what + ": " + e.getClass().getSimpleName());
      if (logged.size() < MAX_LOGGED && logged.add(what + e.getClass().getName())) {
        LOG.warn(
            "{} of the host service failed; health says degraded (further failures are not logged)",
            what,
            e);
      }
    }
    return fallback;
  }

  /** The host service used the interface wrongly; its message is fit to be shown. */
  private static final class MisuseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MisuseException(String message) {
      super(message);
    }
  }
}
