package com.ibstream.clocksync.fuzz;

import com.ibstream.clocksync.seam.UdpTransport;
import com.ibstream.clocksync.testing.SimulatedWorld;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A network some of whose servers answer as the fuzzer wants. An input is a list of commands, one
 * for each answer; when they are used up everybody is honest. All answers keep the cookie, or they
 * would be ignored.
 */
final class FuzzedNetwork implements UdpTransport {

  private static final int HEADER_BYTES = 48;
  private static final int COOKIE_AT = 24;
  private static final int[] STAMPS_AT = {16, 32, 40};

  private final SimulatedWorld world;
  private final UdpTransport honest;
  private final Predicate<InetSocketAddress> isHostile;
  private final ByteBuffer commands;
  private byte[] latest = new byte[HEADER_BYTES];
  private long shift;

  FuzzedNetwork(SimulatedWorld world, Predicate<InetSocketAddress> isHostile, ByteBuffer commands) {
    this.world = world;
    this.honest = world.seams().transport();
    this.isHostile = isHostile;
    this.commands = commands;
  }

  @Override
  public UdpFlight send(InetSocketAddress server, byte[] payload, UdpReceiver receiver) {
    return honest.send(server, payload, isHostile.test(server) ? new Liar(receiver) : receiver);
  }

  private final class Liar implements UdpReceiver {

    private final UdpReceiver receiver;

    Liar(UdpReceiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public void failed(UdpFailure failure) {
      receiver.failed(failure);
    }

    @Override
    public void received(
        InetSocketAddress from, InetSocketAddress local, byte[] answer, long monoNanos) {
      int command = next() & 15;
      InetAddress address = from.getAddress();
      switch (command) {
        case 1 -> receiver.received(from, local, replaced(answer), monoNanos);
        case 2 -> receiver.received(from, local, edited(answer), monoNanos);
        case 3 -> receiver.received(from, local, withCookie(latest, answer), monoNanos);
        case 4 -> receiver.received(from, local, taken(next() & 0xFF), monoNanos);
        case 5, 6 -> {
          shift = command == 5 ? nextLong() : shift;
          receiver.received(from, local, shifted(answer), monoNanos);
        }
        case 7 -> {
          receiver.received(from, local, edited(answer), monoNanos);
          receiver.received(from, local, edited(answer), monoNanos);
        }
        case 8 -> receiver.received(new InetSocketAddress(address, 7), local, answer, monoNanos);
        case 9 -> receiver.failed(new UdpFailure(UdpFailure.Kind.PORT_UNREACHABLE, "refused"));
        case 10 ->
            world.after(
                Duration.ofMillis(next() & 0xFF),
                () -> receiver.received(from, local, answer, world.monoNanos()));
        case 11 -> {} // lost
        default -> receiver.received(from, local, answer, monoNanos);
      }
    }
  }

  private byte[] replaced(byte[] answer) {
    latest = withCookie(taken(HEADER_BYTES), answer);
    return latest.clone();
  }

  private byte[] edited(byte[] answer) {
    byte[] edited = answer.clone();
    for (int count = 1 + (next() & 7); count > 0; count--) {
      edited[Math.floorMod(next(), HEADER_BYTES)] = (byte) next();
    }
    latest = withCookie(edited, answer);
    return latest.clone();
  }

  /** All its stamps moved by the same distance: a lie that others can agree with. */
  private byte[] shifted(byte[] answer) {
    ByteBuffer packet = ByteBuffer.wrap(answer.clone());
    for (int at : STAMPS_AT) {
      packet.putLong(at, packet.getLong(at) + shift);
    }
    return packet.array();
  }

  private static byte[] withCookie(byte[] packet, byte[] answer) {
    byte[] own = Arrays.copyOf(packet, HEADER_BYTES);
    System.arraycopy(answer, COOKIE_AT, own, COOKIE_AT, Long.BYTES);
    return own;
  }

  private byte[] taken(int length) {
    byte[] bytes = new byte[length];
    commands.get(bytes, 0, Math.min(length, commands.remaining()));
    return bytes;
  }

  private int next() {
    return commands.hasRemaining() ? commands.get() : 0;
  }

  private long nextLong() {
    return ByteBuffer.wrap(taken(Long.BYTES)).getLong();
  }
}
