package com.ibstream.clocksync.testing;

import com.ibstream.clocksync.ntp.NtpTimestamp;
import com.ibstream.clocksync.seam.UdpTransport.UdpFailure;
import com.ibstream.clocksync.seam.UdpTransport.UdpFlight;
import com.ibstream.clocksync.seam.UdpTransport.UdpReceiver;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Asks one server once and notes all that comes back, unjudged. */
final class Asker implements UdpReceiver {

  private static final int COOKIE_AT = 40;

  final long cookie = 0x0123_4567_89AB_CDEFL;
  final UdpFlight flight;
  final List<Answer> answers = new ArrayList<>();
  final List<UdpFailure.Kind> failures = new ArrayList<>();

  /** What came. */
  record Answer(InetSocketAddress from, InetSocketAddress local, ByteBuffer packet, long mono) {

    long cookie() {
      return packet.getLong(24);
    }

    long referenceEpochNanos() {
      return NtpTimestamp.toEpochNanos(packet.getLong(16));
    }

    long receiveEpochNanos() {
      return NtpTimestamp.toEpochNanos(packet.getLong(32));
    }

    long transmitEpochNanos() {
      return NtpTimestamp.toEpochNanos(packet.getLong(40));
    }

    double rootDispersionNanos() {
      return packet.getInt(8) * (1e9 / 65536);
    }
  }

  Asker(SimulatedWorld world, SimulatedServer server) {
    byte[] request = new byte[48];
    ByteBuffer.wrap(request).put(0, (byte) 0x23).putLong(COOKIE_AT, cookie);
    flight = world.seams().transport().send(server.address(), request, this);
  }

  @Override
  public void received(InetSocketAddress from, InetSocketAddress local, byte[] payload, long mono) {
    answers.add(new Answer(from, local, ByteBuffer.wrap(payload), mono));
  }

  @Override
  public void failed(UdpFailure failure) {
    failures.add(failure.kind());
  }

  Answer only() {
    if (answers.size() != 1) {
      throw new AssertionError("not one answer but " + answers);
    }
    return answers.get(0);
  }
}
