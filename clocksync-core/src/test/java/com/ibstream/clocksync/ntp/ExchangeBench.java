package com.ibstream.clocksync.ntp;

import com.google.common.net.InetAddresses;
import com.ibstream.clocksync.facts.NtpRejection;
import com.ibstream.clocksync.seam.SteadyClock;
import com.ibstream.clocksync.seam.UdpTransport.UdpFlight;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** One exchange over a network and a timer that a test moves by hand. */
final class ExchangeBench {

  static final long COOKIE = 0x0123_4567_89AB_CDEFL;
  static final long SENT = Long.MAX_VALUE - 5_000_000; // the ruler overflows during the exchange
  static final long MILLI = 1_000_000;
  static final long TIMEOUT = 1_000 * MILLI;
  static final InetSocketAddress SERVER = at("192.0.2.1", 123);
  static final InetSocketAddress LOCAL = at("198.51.100.20", 40_000);

  final List<NtpOutcome> outcomes = new ArrayList<>();
  final List<NtpRejection> stragglers = new ArrayList<>();
  final NtpExchange exchange;
  private final List<Timer> timers = new ArrayList<>();
  private boolean isClosed;
  private boolean isPlanless;

  private record Timer(long atMonoNanos, Runnable task) {}

  ExchangeBench() {
    UdpFlight flight =
        new UdpFlight() {
          @Override
          public long sentMonoNanos() {
            return SENT;
          }

          @Override
          public void close() {
            isClosed = true;
          }
        };
    exchange =
        NtpExchange.start(
            (server, payload, receiver) -> flight,
            this::plan,
            SERVER,
            COOKIE,
            false,
            new NtpPolicy(TIMEOUT, 3_000 * MILLI, 515, 1_000),
            SteadyClock.RULER,
            new NtpExchange.Listener() {
              @Override
              public void ended(NtpOutcome outcome) {
                outcomes.add(outcome);
              }

              @Override
              public void straggled(NtpRejection reason) {
                stragglers.add(reason);
              }
            });
  }

  private void plan(long atMonoNanos, Runnable task) {
    if (isPlanless) {
      throw new IllegalStateException("nothing can be planned");
    }
    timers.add(new Timer(atMonoNanos, task));
  }

  /** Nothing can be planned any more. */
  void planNothingMore() {
    isPlanless = true;
  }

  static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddresses.forString(address), port);
  }

  static PacketBuilder good() {
    return new PacketBuilder().originate(COOKIE);
  }

  /** Hands over a packet from the server, so long after the request. */
  void receive(PacketBuilder packet, long laterNanos) {
    receive(SERVER, packet.build(), laterNanos);
  }

  void receive(InetSocketAddress from, byte[] packet, long laterNanos) {
    runUntil(laterNanos);
    if (!isClosed) {
      exchange.received(from, LOCAL, packet, SENT + laterNanos);
    }
  }

  /** Runs the timers that are due by so long after the request. */
  void runUntil(long laterNanos) {
    for (Timer timer : List.copyOf(timers)) {
      if (timer.atMonoNanos - (SENT + laterNanos) <= 0 && timers.remove(timer)) {
        timer.task.run();
        runUntil(laterNanos);
      }
    }
  }

  boolean isClosed() {
    return isClosed;
  }
}
