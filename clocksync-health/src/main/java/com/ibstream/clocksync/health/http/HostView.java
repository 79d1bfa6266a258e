package com.ibstream.clocksync.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibstream.clocksync.health.OverallStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the host service said for one answer, checked. Immutable.
 *
 * @param problems what it failed to say, for people; the service is then degraded
 */
record HostView(
    String serviceName,
    Optional<Boolean> twsConnected,
    OverallStatus status,
    Map<String, JsonNode> additionalKeys,
    Map<String, ServiceFacts> furtherServices,
    Optional<JsonNode> storage,
    List<String> problems) {}
