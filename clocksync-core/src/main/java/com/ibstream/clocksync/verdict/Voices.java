package com.ibstream.clocksync.verdict;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.facts.SourceFacts;
import com.ibstream.clocksync.facts.SourceState;
import java.util.List;

/**
 * Counts the independent ones among the sources that agree: those with one address, those with one
 * parent, and a server beside its own parent are one voice. Stateless.
 */
final class Voices {

  private Voices() {}

  /** Sources whose intervals say little are not counted: they agree with anybody. */
  static int agreeing(List<SourceFacts> sources) {
    List<SourceFacts> agreeing =
        sources.stream()
            .filter(source -> source.state().isTruechimer())
            .filter(source -> source.state() != SourceState.DISTANT)
            .toList();
    int[] voices = new int[agreeing.size()];
    int count = 0;
    for (int i = 0; i < voices.length; i++) {
      voices[i] = i;
      count++;
      for (int j = 0; j < i; j++) {
        if (voices[i] != voices[j] && isOneVoice(agreeing.get(i), agreeing.get(j))) {
          count--;
          int from = voices[i];
          for (int k = 0; k <= i; k++) {
            voices[k] = voices[k] == from ? voices[j] : voices[k];
          }
        }
      }
    }
    return count;
  }

  private static boolean isOneVoice(SourceFacts a, SourceFacts b) {
    String parentOfA = parent(a);
    String parentOfB = parent(b);
    return (host(a).equals(host(b)) && !isLoopback(host(a)))
        || (!parentOfA.isEmpty() && parentOfA.equals(parentOfB))
        || parentOfA.equals(host(b))
        || parentOfB.equals(host(a));
  }

  /** The address that it follows, or what stands for it; empty for a primary server. */
  private static String parent(SourceFacts source) {
    return source
        .measurement()
        .filter(measured -> measured.stratum() > 1)
        .map(SourceFacts.Measurement::referenceId)
        .orElse("");
  }

  private static String host(SourceFacts source) {
    return source.address().isEmpty() ? source.server() : withoutPort(source.address());
  }

  private static String withoutPort(String address) {
    return HostAndPort.fromString(address).getHost();
  }

  /** There every port is a server. */
  private static boolean isLoopback(String host) {
    return InetAddresses.isInetAddress(host) && InetAddresses.forString(host).isLoopbackAddress();
  }
}
