package com.ibstream.clocksync.repair;

import com.ibstream.clocksync.facts.Consensus;
import com.ibstream.clocksync.facts.DriftStatistics;
import com.ibstream.clocksync.facts.PauseFacts;
import com.ibstream.clocksync.facts.ServiceFacts;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.facts.SynchronisationClaim;
import com.ibstream.clocksync.facts.SystemClockFacts;
import com.ibstream.clocksync.facts.TimeService;
import com.ibstream.clocksync.time.TrustLevel;
import com.ibstream.clocksync.time.TrustReason;
import com.ibstream.clocksync.verdict.ClockStatus;
import com.ibstream.clocksync.verdict.HostStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Builds statuses of a host: ntpsec runs synchronised, four servers agree, the system clock is
 * right to 1 ms. Each method changes one thing.
 */
public final class HostStatuses {

  public static final long MILLI = 1_000_000L;
  public static final long SECOND = 1_000_000_000L;
  public static final long MINUTE = 60 * SECOND;
  public static final long HOUR = 60 * MINUTE;

  /** 2026-11-22T12:00:00Z when the ruler, which began with the boot, shows an hour. */
  public static final long BOOT_EPOCH_NANOS = 1_795_345_200L * SECOND;

  private long nowNanos = HOUR;
  private TrustLevel trust = TrustLevel.TRUSTED;
  private Consensus consensus = Consensus.MAJORITY;
  private long offsetNanos;
  private long boundNanos = MILLI;
  private boolean hasSystemClock = true;
  private long clockAgeNanos;
  private int voters = 4;
  private boolean isSourceHeard = true;
  private boolean isStalled;
  private boolean isServiceSeen = true;
  private long serviceAgeNanos;
  private ServiceFacts.State state = ServiceFacts.State.SYNCHRONISED;
  private TimeService service = TimeService.NTPSEC;
  private Optional<String> unitName = Optional.empty();
  private boolean isUnitPresent = true;
  private String loadState = "loaded";
  private OptionalLong activeSinceNanos = OptionalLong.of(0);
  private String unitFileState = "enabled";
  private String result = "";
  private Optional<ServiceFacts.Unit> other = Optional.empty();
  private List<Finding> findings = List.of();
  private OptionalLong claimedOffsetNanos = OptionalLong.empty();

  private HostStatuses() {}

  public static HostStatuses good() {
    return new HostStatuses();
  }

  public HostStatuses at(long monoNanos) {
    nowNanos = monoNanos;
    return this;
  }

  public HostStatuses trust(TrustLevel level) {
    trust = level;
    return this;
  }

  public HostStatuses consensus(Consensus found) {
    consensus = found;
    return this;
  }

  /** UTC minus system clock, known this well. */
  public HostStatuses offset(long nanos, long bound) {
    offsetNanos = nanos;
    boundNanos = bound;
    return this;
  }

  public HostStatuses withoutSystemClock() {
    hasSystemClock = false;
    return this;
  }

  public HostStatuses clockAge(long nanos) {
    clockAgeNanos = nanos;
    return this;
  }

  public HostStatuses voters(int count) {
    voters = count;
    return this;
  }

  /** Neither the vote nor any server is left. */
  public HostStatuses networkGone() {
    isSourceHeard = false;
    return trust(TrustLevel.HOLDOVER).consensus(Consensus.NONE);
  }

  public HostStatuses stalled() {
    isStalled = true;
    return this;
  }

  public HostStatuses unseen() {
    isServiceSeen = false;
    return this;
  }

  public HostStatuses serviceAge(long nanos) {
    serviceAgeNanos = nanos;
    return this;
  }

  public HostStatuses state(ServiceFacts.State found) {
    state = found;
    return this;
  }

  public HostStatuses service(TimeService program) {
    service = program;
    return this;
  }

  public HostStatuses unit(String name) {
    unitName = Optional.of(name);
    return this;
  }

  public HostStatuses withoutUnit() {
    isUnitPresent = false;
    return this;
  }

  public HostStatuses masked() {
    loadState = "masked";
    return this;
  }

  public HostStatuses unitFileState(String word) {
    unitFileState = word;
    return this;
  }

  /** How its last run ended, in systemd's words. */
  public HostStatuses result(String word) {
    result = word;
    return this;
  }

  /** It runs, and its tool gets no word from it. */
  public HostStatuses silent() {
    return state(ServiceFacts.State.UNKNOWN).finding(Finding.Kind.TOOL_SILENT);
  }

  public HostStatuses activeSince(long monoNanos) {
    activeSinceNanos = OptionalLong.of(monoNanos);
    return this;
  }

  public HostStatuses otherActive() {
    return other("active", "enabled");
  }

  public HostStatuses otherStopped(String otherUnitFileState) {
    return other("inactive", otherUnitFileState);
  }

  private HostStatuses other(String activeState, String word) {
    String name = "systemd-timesyncd.service";
    other = Optional.of(unit(TimeService.TIMESYNCD, name, "loaded", activeState, word));
    return this;
  }

  public HostStatuses finding(Finding.Kind kind) {
    findings = List.of(new Finding(kind, kind.name()));
    return this;
  }

  public HostStatuses claims(long behindNanos) {
    claimedOffsetNanos = OptionalLong.of(behindNanos);
    return this;
  }

  private Optional<ServiceFacts.Claim> claim() {
    OptionalLong none = OptionalLong.empty();
    ServiceFacts.Claim said =
        new ServiceFacts.Claim(
            true, "", "", OptionalInt.empty(), claimedOffsetNanos, none, none, none);
    return findings.stream().anyMatch(each -> each.kind() == Finding.Kind.TOOL_SILENT)
        ? Optional.empty()
        : Optional.of(said);
  }

  public ServiceFacts facts() {
    boolean isDown = state == ServiceFacts.State.FAILED || state == ServiceFacts.State.INACTIVE;
    String active = state == ServiceFacts.State.FAILED ? "failed" : isDown ? "inactive" : "active";
    ServiceFacts.Unit unit =
        unit(
            service, unitName.orElse(service.unitNames().get(0)), loadState, active, unitFileState);
    List<ServiceFacts.Unit> units = new ArrayList<>(List.of(unit));
    other.ifPresent(units::add);
    return new ServiceFacts(
        nowNanos - serviceAgeNanos,
        state,
        "as the test has it",
        isUnitPresent ? Optional.of(service) : Optional.empty(),
        isUnitPresent ? Optional.of(unit) : Optional.empty(),
        units,
        claim(),
        findings,
        OptionalLong.empty());
  }

  private ServiceFacts.Unit unit(
      TimeService program, String name, String load, String activeState, String fileState) {
    return new ServiceFacts.Unit(
        program,
        name,
        load,
        activeState,
        "",
        result,
        fileState,
        OptionalInt.empty(),
        activeState.equals("active") ? activeSinceNanos : OptionalLong.empty());
  }

  public ClockStatus build() {
    long utcNanos = BOOT_EPOCH_NANOS + nowNanos;
    return new ClockStatus(
        nowNanos,
        trust,
        trust == TrustLevel.TRUSTED ? TrustReason.MAJORITY : TrustReason.NEVER_PROVED,
        trust == TrustLevel.UNKNOWN
            ? Optional.empty()
            : Optional.of(
                new ClockStatus.Utc(utcNanos, utcNanos - MILLI, utcNanos + MILLI, MILLI, 0)),
        50 * MILLI,
        consensus,
        consensus == Consensus.NONE ? OptionalLong.empty() : OptionalLong.of(SECOND),
        OptionalLong.empty(),
        500,
        true,
        Optional.empty(),
        Optional.empty(),
        hasSystemClock ? Optional.of(clock(utcNanos)) : Optional.empty(),
        List.of(),
        Optional.empty(),
        new PauseFacts(0, 0, 0, OptionalLong.empty(), 0),
        DriftStatistics.EMPTY,
        List.of(),
        new HostStatus(
            Optional.of(facts()).filter(seen -> isServiceSeen),
            Optional.empty(),
            Optional.empty(),
            HOUR),
        4,
        HostSources.of(isSourceHeard, voters),
        0,
        isStalled,
        false);
  }

  private SystemClockFacts clock(long utcNanos) {
    return new SystemClockFacts(
        nowNanos - clockAgeNanos,
        utcNanos - clockAgeNanos - offsetNanos,
        offsetNanos,
        offsetNanos - boundNanos,
        offsetNanos + boundNanos,
        DriftStatistics.EMPTY,
        DriftStatistics.EMPTY,
        OptionalLong.empty(),
        SynchronisationClaim.NOT_ASKED);
  }
}
