package com.ibstream.clocksync.history;

import com.fasterxml.jackson.core.JsonGenerator;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.ErrorBudget;
import com.ibstream.clocksync.facts.FrequencyFacts;
import com.ibstream.clocksync.facts.KernelFacts;
import com.ibstream.clocksync.facts.RepairFacts;
import com.ibstream.clocksync.facts.RtcFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.Explanation;
import java.io.IOException;
import java.util.Optional;

/** Writes the part of a record that stands for what was measured: the traceability. Stateless. */
final class DetailText {

  private DetailText() {}

  static void write(JsonGenerator json, ClockStatus status) throws IOException {
    json.writeObjectFieldStart("details");
    if (status.budget().isPresent()) {
      budget(json, status.budget().get());
    }
    if (status.frequency().isPresent()) {
      frequency(json, status.frequency().get());
    }
    if (status.systemClock().isPresent()) {
      systemClock(json, status.systemClock().get());
    }
    if (!status.causes().isEmpty()) {
      json.writeArrayFieldStart("causes");
      for (Explanation cause : status.causes()) {
        json.writeString(cause.text());
      }
      json.writeEndArray();
    }
    if (status.kernel().isPresent()) {
      kernel(json, status.kernel().get());
    }
    if (status.host().service().isPresent()) {
      service(json, status.host().service().get());
    }
    if (status.host().rtc().isPresent()) {
      rtc(json, status.host().rtc().get());
    }
    if (status.host().repair().isPresent()) {
      repair(json, status.host().repair().get());
    }
    json.writeArrayFieldStart("sources");
    for (SourceFacts source : status.sources()) {
      source(json, source);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void budget(JsonGenerator json, ErrorBudget budget) throws IOException {
    json.writeObjectFieldStart("budget");
    json.writeNumberField("delay_half_ns", budget.delayHalfNanos());
    json.writeNumberField("root_delay_half_ns", budget.rootDelayHalfNanos());
    json.writeNumberField("root_dispersion_ns", budget.rootDispersionNanos());
    json.writeNumberField("precision_ns", budget.precisionNanos());
    json.writeNumberField("ageing_ns", budget.ageingNanos());
    json.writeNumberField("slew_residual_ns", budget.slewResidualNanos());
    json.writeNumberField("centring_ns", budget.centringNanos());
    json.writeEndObject();
  }

  private static void frequency(JsonGenerator json, FrequencyFacts frequency) throws IOException {
    json.writeObjectFieldStart("frequency");
    json.writeNumberField("loses_ppm", frequency.driftRatePpm());
    json.writeNumberField("skew_ppm", frequency.skewPpm());
    json.writeNumberField("least_ppm", frequency.minPpm());
    json.writeNumberField("most_ppm", frequency.maxPpm());
    json.writeEndObject();
  }

  private static void systemClock(JsonGenerator json, SystemClockFacts clock) throws IOException {
    json.writeObjectFieldStart("system_clock");
    json.writeNumberField("offset_ns", clock.offsetNanos());
    json.writeNumberField("least_ns", clock.earliestOffsetNanos());
    json.writeNumberField("most_ns", clock.latestOffsetNanos());
    json.writeStringField("claim", RecordText.word(clock.claim()));
    statistics(json, clock.statistics());
    json.writeEndObject();
  }

  /** Statistics over no values have no figures, and JSON has no word for that. */
  private static void statistics(JsonGenerator json, DriftStatistics window) throws IOException {
    if (window.count() == 0) {
      return;
    }
    json.writeObjectFieldStart("window");
    json.writeNumberField("count", window.count());
    json.writeNumberField("mean_ns", Math.round(window.meanNanos()));
    json.writeNumberField("median_ns", Math.round(window.medianNanos()));
    json.writeNumberField("stdev_ns", Math.round(window.stdevNanos()));
    json.writeNumberField("min_ns", Math.round(window.minNanos()));
    json.writeNumberField("max_ns", Math.round(window.maxNanos()));
    json.writeNumberField("p95_abs_ns", Math.round(window.p95AbsNanos()));
    json.writeNumberField("p99_abs_ns", Math.round(window.p99AbsNanos()));
    json.writeEndObject();
  }

  private static void kernel(JsonGenerator json, KernelFacts kernel) throws IOException {
    json.writeObjectFieldStart("kernel");
    json.writeBooleanField("synchronised", kernel.isSynchronised());
    json.writeNumberField("max_error_ns", kernel.maxErrorNanos());
    json.writeStringField("leap", RecordText.word(kernel.leap()));
    json.writeEndObject();
  }

  private static void service(JsonGenerator json, ServiceFacts service) throws IOException {
    json.writeObjectFieldStart("ntp_service");
    json.writeStringField("state", RecordText.word(service.state()));
    json.writeStringField("reason", service.reason());
    if (service.unit().isPresent()) {
      json.writeStringField("unit", service.unit().get().name());
    }
    if (service.claim().isPresent()) {
      json.writeStringField("source", service.claim().get().source());
    }
    json.writeEndObject();
  }

  private static void rtc(JsonGenerator json, RtcFacts rtc) throws IOException {
    json.writeObjectFieldStart("hardware_clock");
    json.writeStringField("state", RecordText.word(rtc.state()));
    json.writeStringField("reason", rtc.reason());
    Optional<RtcFacts.Difference> offset = rtc.comparison().flatMap(RtcFacts.Comparison::offset);
    if (offset.isPresent()) {
      json.writeNumberField("offset_ns", offset.get().nanos());
      json.writeNumberField("bound_ns", offset.get().boundNanos());
    }
    json.writeStringField("battery", RecordText.word(rtc.battery().verdict()));
    json.writeEndObject();
  }

  private static void repair(JsonGenerator json, RepairFacts repair) throws IOException {
    json.writeObjectFieldStart("repair");
    json.writeStringField("mode", RecordText.word(repair.mode()));
    json.writeStringField("decision", repair.decision());
    json.writeEndObject();
  }

  private static void source(JsonGenerator json, SourceFacts source) throws IOException {
    json.writeStartObject();
    json.writeStringField("server", source.server());
    json.writeStringField("address", source.address());
    json.writeStringField("state", RecordText.word(source.state()));
    if (source.rejection().isPresent()) {
      json.writeStringField("rejection", RecordText.word(source.rejection().get()));
    }
    json.writeNumberField("reach", source.reach());
    if (source.measurement().isPresent()) {
      SourceFacts.Measurement measured = source.measurement().get();
      json.writeNumberField("offset_ns", measured.offsetNanos());
      json.writeNumberField("bound_ns", measured.errorBoundNanos());
      json.writeNumberField("delay_ns", measured.delayNanos());
      json.writeNumberField("root_distance_ns", measured.rootDistanceNanos());
      json.writeNumberField("jitter_ns", measured.jitterNanos());
      json.writeNumberField("stratum", measured.stratum());
      json.writeStringField("reference", measured.referenceId());
      json.writeNumberField("age_ns", measured.ageNanos());
    }
    json.writeEndObject();
  }
}
