package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibstream.clocksync.health.HealthSnapshot;
import com.ibstream.clocksync.health.OverallStatus;
import com.ibstream.clocksync.verdict.ClockStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Composes the answers about the service and the system from time and the host's facts. One per
 * request.
 */
final class HealthJson {

  /** For monitors that look for a word: neither is a part of the other, nor stands elsewhere. */
  private static final String KEYWORD_GOOD = "CLOCKSYNC_ALL_GOOD";

  private static final String KEYWORD_BAD = "CLOCKSYNC_NOT_WELL";

  private final HealthSnapshot time;
  private final HostView host;

  HealthJson(HealthSnapshot time, HostView host) {
    this.time = time;
    this.host = host;
  }

  /** The body of {@code /health}. */
  ObjectNode service() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("service", host.serviceName());
    json.put("status", serviceStatus().word());
    timestamp().ifPresent(utc -> json.put("timestamp", utc));
    host.twsConnected().ifPresent(connected -> json.put("tws_connected", connected));
    host.additionalKeys().forEach(json::set);
    json.set("time_sync", StatusJson.timeSync(time));
    List<String> issues = ownIssues();
    if (!issues.isEmpty()) {
      addAll(json.putArray("issues"), issues);
    }
    return json;
  }

  /** The body of {@code /system/health}. */
  ObjectNode system() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("system_status", systemStatus().word());
    timestamp().ifPresent(utc -> json.put("timestamp", utc));
    ObjectNode services = json.putObject("services");
    ObjectNode own = services.putObject(host.serviceName());
    own.put("status", serviceStatus().word());
    host.twsConnected().ifPresent(connected -> own.put("tws_connected", connected));
    own.set("time_sync", StatusJson.timeSync(time));
    host.furtherServices().forEach((name, facts) -> services.set(name, furtherService(facts)));
    host.storage().ifPresent(storage -> json.set("storage", storage));
    json.set("clock", ClockSummaryJson.of(time));
    json.put("keyword", systemStatus() == OverallStatus.DEGRADED ? KEYWORD_BAD : KEYWORD_GOOD);
    ObjectNode summary = json.putObject("summary");
    summary.put("healthy_services", healthyCount());
    summary.put("total_services", 1 + host.furtherServices().size());
    addAll(summary.putArray("issues"), systemIssues());
    return json;
  }

  /** How the service does: time, connection, its own word, and whether it could say so. */
  OverallStatus serviceStatus() {
    OverallStatus status = OverallStatus.of(time.health().status()).worseOf(host.status());
    return isDisconnected(host.twsConnected()) || !host.problems().isEmpty()
        ? OverallStatus.DEGRADED
        : status;
  }

  /** How the whole does: the worst of all services and of the storage. */
  OverallStatus systemStatus() {
    OverallStatus status = serviceStatus().worseOf(storageStatus());
    for (ServiceFacts service : host.furtherServices().values()) {
      status = status.worseOf(statusOf(service));
    }
    return status;
  }

  private ObjectNode furtherService(ServiceFacts facts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("status", facts.status());
    facts.twsConnected().ifPresent(connected -> json.put("tws_connected", connected));
    if (!facts.message().isEmpty()) {
      json.put("message", facts.message());
    }
    if (facts.isOnThisHost()) {
      json.set("time_sync", StatusJson.timeSync(time));
    }
    return json;
  }

  private List<String> ownIssues() {
    List<String> issues = new ArrayList<>();
    String name = host.serviceName();
    if (isDisconnected(host.twsConnected())) {
      issues.add(name + ": TWS disconnected");
    }
    addTimeIssue(issues, name);
    if (host.status() != OverallStatus.HEALTHY) {
      issues.add(name + ": Service status " + host.status().word());
    }
    host.problems().forEach(problem -> issues.add(name + ": Host facts error (" + problem + ")"));
    return issues;
  }

  private List<String> systemIssues() {
    List<String> issues = ownIssues();
    host.furtherServices().forEach((name, facts) -> addIssues(issues, name, facts));
    String storage = storageWord();
    switch (storage) {
      case "active" -> {}
      case "stale" -> issues.add("Storage: No recent data files");
      case "missing" -> issues.add("Storage: Directory not found");
      default -> issues.add("Storage: Status " + storage);
    }
    return issues;
  }

  private void addIssues(List<String> issues, String name, ServiceFacts facts) {
    if (isDisconnected(facts.twsConnected())) {
      issues.add(name + ": TWS disconnected");
    }
    if (facts.isOnThisHost()) {
      addTimeIssue(issues, name);
    }
    if (ownStatusOf(facts) != OverallStatus.HEALTHY) {
      String message = facts.message().isEmpty() ? "" : " (" + facts.message() + ")";
      issues.add(name + ": Service status " + facts.status() + message);
    }
  }

  /** The sentences that the existing service has for time; each but the last carries the drift. */
  private void addTimeIssue(List<String> issues, String name) {
    switch (time.health().status()) {
      case HEALTHY -> {}
      case WARNING -> issues.add(name + ": Time drift warning (" + drift() + "ms)");
      case CRITICAL -> issues.add(name + ": Critical time drift (" + drift() + "ms)");
      case ERROR -> issues.add(name + ": Time monitoring error");
    }
  }

  private String drift() {
    return JsonValues.oneDecimal(JsonValues.drift(time.health().offsetNanos().orElseThrow()));
  }

  private int healthyCount() {
    int own = serviceStatus() == OverallStatus.DEGRADED ? 0 : 1;
    return own
        + (int)
            host.furtherServices().values().stream()
                .filter(facts -> statusOf(facts) != OverallStatus.DEGRADED)
                .count();
  }

  private static OverallStatus statusOf(ServiceFacts facts) {
    return isDisconnected(facts.twsConnected()) ? OverallStatus.DEGRADED : ownStatusOf(facts);
  }

  private static OverallStatus ownStatusOf(ServiceFacts facts) {
    return switch (facts.status()) {
      case "healthy" -> OverallStatus.HEALTHY;
      case "warning" -> OverallStatus.WARNING;
      default -> OverallStatus.DEGRADED;
    };
  }

  private OverallStatus storageStatus() {
    return switch (storageWord()) {
      case "active" -> OverallStatus.HEALTHY;
      case "stale" -> OverallStatus.WARNING;
      default -> OverallStatus.DEGRADED;
    };
  }

  private String storageWord() {
    return host.storage().map(storage -> storage.path("status").asText()).orElse("active");
  }

  private static boolean isDisconnected(Optional<Boolean> connected) {
    return connected.isPresent() && !connected.get();
  }

  /**
   * The time of this answer by the trusted clock, or nothing where that clock is not to be
   * believed.
   */
  private Optional<String> timestamp() {
    return time.status()
        .filter(ClockStatus::isSafeToStamp)
        .flatMap(ClockStatus::utc)
        .map(utc -> JsonValues.utc(utc.epochNanos()));
  }

  private static void addAll(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}
