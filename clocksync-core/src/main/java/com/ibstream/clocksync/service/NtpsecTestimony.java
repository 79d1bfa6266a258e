package com.ibstream.clocksync.service;

import com.ibstream.clocksync.facts.ServiceFacts.Claim;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.service.answers.Answer;
import com.ibstream.clocksync.service.answers.NtpsecPeers;
import com.ibstream.clocksync.service.answers.NtpsecPeers.Peer;
import com.ibstream.clocksync.service.answers.NtpsecVariables;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Weighs ntpd's answers. Only the table tells whether it follows a peer now: leap and stratum stay
 * good after all servers are lost. Only the variables tell that it was never synchronised: it may
 * mark a peer long before. It is synchronised if both say so.
 */
final class NtpsecTestimony {

  private static final int LEAP_UNKNOWN = 3;
  private static final int UNSYNCHRONISED_STRATUM = 16;

  /**
   * ntpd uses the best of the last eight answers of a peer, and each once: its reference may be
   * eight polls old in perfect health. Whether the peer answers is told by the peer itself.
   */
  private static final int MOST_REFERENCE_POLLS = 2 * Testimony.MOST_POLLS;

  private NtpsecTestimony() {}

  /**
   * Weighs them.
   *
   * @param peersAnswer of {@code ntpq -pn}
   * @param variablesAnswer of {@code ntpq -c rv}
   * @return what is left of them
   */
  static Testimony of(Answer<NtpsecPeers> peersAnswer, Answer<NtpsecVariables> variablesAnswer) {
    List<Finding> findings = Testimony.troubles(peersAnswer, variablesAnswer);
    Optional<NtpsecPeers> peers = peersAnswer.value();
    Optional<NtpsecVariables> variables = variablesAnswer.value();
    Optional<Peer> selected = peers.flatMap(NtpsecPeers::selected);
    boolean wasSynchronised = variables.isPresent() && isGood(variables.get());
    if (peers.isPresent() && peers.get().areAllUnreachable()) {
      findings.add(new Finding(Finding.Kind.NO_SOURCE_REACHABLE, "no peer of ntpd answers"));
    }
    Optional<String> own = ownClock(selected, variables);
    own.ifPresent(text -> findings.add(new Finding(Finding.Kind.FOLLOWS_LOCAL_CLOCK, text)));
    Optional<String> objection = own.or(() -> objection(peers, variables));
    Optional<Claim> claim = Optional.empty();
    if (objection.isPresent()) {
      claim = Optional.of(unsynchronised(objection.get(), own.isPresent(), variables));
    } else if (selected.isPresent() && variables.isPresent()) {
      claim = Optional.of(synchronised(selected.get(), variables.get()));
      addDoubts(findings, selected.get(), variables.get());
    }
    return new Testimony(claim, findings, wasSynchronised);
  }

  private static boolean isGood(NtpsecVariables variables) {
    return variables.leap() != LEAP_UNKNOWN
        && variables.stratum() > 0
        && variables.stratum() < UNSYNCHRONISED_STRATUM;
  }

  private static Optional<String> ownClock(
      Optional<Peer> selected, Optional<NtpsecVariables> variables) {
    return selected
        .map(Peer::remote)
        .filter(LocalClock::isName)
        .or(() -> variables.map(NtpsecVariables::referenceId).filter(LocalClock::isName))
        .map(name -> "ntpd follows the host's own clock (" + name + ")");
  }

  /** Why it is not synchronised; empty if it says that it is, or says too little. */
  private static Optional<String> objection(
      Optional<NtpsecPeers> peers, Optional<NtpsecVariables> variables) {
    if (variables.isPresent() && !isGood(variables.get())) {
      return Optional.of(
          "ntpd is not synchronised: stratum "
              + variables.get().stratum()
              + ", refid "
              + variables.get().referenceId());
    }
    return peers.isPresent() && peers.get().selected().isEmpty()
        ? Optional.of("ntpd follows none of its peers")
        : Optional.empty();
  }

  private static void addDoubts(List<Finding> findings, Peer peer, NtpsecVariables variables) {
    OptionalLong age = Testimony.age(variables.referenceAgeNanos());
    int before = findings.size();
    Testimony.addStale(
        findings, peer.sinceNanos(), peer.pollNanos(), Testimony.MOST_POLLS, peer.remote());
    if (findings.size() == before) {
      Testimony.addStale(findings, age, peer.pollNanos(), MOST_REFERENCE_POLLS, peer.remote());
    }
    before = findings.size();
    Testimony.addOff(findings, OptionalLong.of(variables.offsetNanos()));
    if (findings.size() == before) {
      Testimony.addOff(findings, peer.offsetNanos());
    }
  }

  private static Claim synchronised(Peer peer, NtpsecVariables variables) {
    return new Claim(
        true,
        "ntpd follows " + peer.remote(),
        peer.remote(),
        OptionalInt.of(variables.stratum()),
        OptionalLong.of(variables.offsetNanos()),
        OptionalLong.of(variables.errorBoundNanos()),
        Testimony.age(variables.referenceAgeNanos()),
        OptionalLong.of(peer.pollNanos()));
  }

  private static Claim unsynchronised(
      String reason, boolean isOwnClock, Optional<NtpsecVariables> variables) {
    OptionalLong age =
        variables.isPresent() && !isOwnClock
            ? Testimony.age(variables.get().referenceAgeNanos())
            : OptionalLong.empty();
    return new Claim(
        false,
        reason,
        "",
        variables.map(each -> OptionalInt.of(each.stratum())).orElse(OptionalInt.empty()),
        OptionalLong.empty(),
        OptionalLong.empty(),
        age,
        OptionalLong.empty());
  }
}
