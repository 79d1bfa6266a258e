package com.ibstream.clocksync.service;

import com.ibstream.clocksync.facts.ServiceFacts.Claim;
import com.ibstream.clocksync.facts.ServiceFacts.Finding;
import com.ibstream.clocksync.service.answers.Answer;
import com.ibstream.clocksync.service.answers.TimesyncStatus;
import com.ibstream.clocksync.service.answers.TimesyncStatus.Message;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Weighs timesyncd's answers. It is synchronised if it has taken an answer of a server since it was
 * started, not long ago. {@code NTPSynchronized} is the kernel's word, not its own: "yes" outlives
 * the service, "no" is bad.
 */
final class TimesyncTestimony {

  /** Its greatest poll interval as it comes, for a version that does not tell the present one. */
  private static final long GREATEST_POLL_NANOS = 2_048_000_000_000L;

  private static final String FOLLOWS = "timesyncd follows ";

  private TimesyncTestimony() {}

  /**
   * Weighs them.
   *
   * @param answer of {@code timedatectl show-timesync} and {@code timedatectl show}
   * @return what is left of them
   */
  static Testimony of(Answer<TimesyncStatus> answer) {
    List<Finding> findings = Testimony.troubles(answer);
    if (answer.value().isEmpty()) {
      return new Testimony(Optional.empty(), findings, false);
    }
    TimesyncStatus status = answer.value().get();
    if (!status.isKernelSynchronised()) {
      findings.add(
          new Finding(Finding.Kind.KERNEL_UNSYNCHRONISED, "timedatectl says NTPSynchronized=no"));
    }
    Optional<Message> message = status.message();
    if (message.isEmpty()) {
      return unsynchronised("timesyncd has heard no server since it was started", status, findings);
    }
    if (!message.get().isUsable()) {
      return unsynchronised("the server of timesyncd is not synchronised itself", status, findings);
    }
    if (LocalClock.isName(status.server())) {
      String text = FOLLOWS + "the host's own clock (" + status.server() + ")";
      findings.add(new Finding(Finding.Kind.FOLLOWS_LOCAL_CLOCK, text));
      return unsynchronised(text, status, findings);
    }
    return synchronised(status, message.get(), findings);
  }

  private static Testimony synchronised(
      TimesyncStatus status, Message message, List<Finding> findings) {
    OptionalLong age = Testimony.age(message.ageNanos());
    String server = status.server().isEmpty() ? "a server" : status.server();
    Testimony.addStale(
        findings,
        age,
        status.pollNanos().orElse(GREATEST_POLL_NANOS),
        Testimony.MOST_POLLS,
        server);
    Claim claim =
        new Claim(
            true,
            FOLLOWS + server + (message.isSpike() ? ", whose last answer it did not use" : ""),
            status.server(),
            OptionalInt.of(message.stratum() + 1),
            OptionalLong.empty(),
            message.errorBoundNanos(),
            age,
            status.pollNanos());
    return new Testimony(Optional.of(claim), findings, true);
  }

  private static Testimony unsynchronised(
      String reason, TimesyncStatus status, List<Finding> findings) {
    Claim claim =
        new Claim(
            false,
            reason,
            "",
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            status.pollNanos());
    return new Testimony(Optional.of(claim), findings, false);
  }
}
