package com.ibstream.clocksync.examples.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.time.Ruler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopbackNtpServerTest {

  private static final long EPOCH_NANOS = 1_754_010_291_500_000_000L;
  private static final int TIMEOUT_MILLIS = 5_000;

  private final AtomicLong mono = new AtomicLong(-7);
  private final Ruler ruler = mono::get;

  private static ByteBuffer ask(LoopbackNtpServer server, byte[] request) throws IOException {
    int port = Integer.parseInt(server.address().substring(server.address().lastIndexOf(':') + 1));
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      socket.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, address));
      socket.send(new DatagramPacket(request, request.length, address));
      DatagramPacket reply = new DatagramPacket(new byte[64], 64);
      socket.receive(reply);
      return ByteBuffer.wrap(reply.getData(), 0, reply.getLength());
    }
  }

  @Test
  void shouldServeItsOwnTimeWhenAskedAfterRubbish() throws IOException {
    ServedTime time = ServedTime.startingAt(ruler, EPOCH_NANOS).wrongBy(250);
    mono.addAndGet(1_000);

    try (LoopbackNtpServer server = LoopbackNtpServer.start("GPS", time)) {
      ByteBuffer reply = ask(server, ByteBuffer.allocate(48).put(0, (byte) 0x23).array());

      assertThat(reply.remaining()).isEqualTo(48);
      assertThat(reply.getLong(40)).isEqualTo(NtpReply.timestamp(EPOCH_NANOS + 1_250));
    }
  }

  @Test
  void shouldFreeItsPortWhenClosed() throws IOException {
    LoopbackNtpServer server =
        LoopbackNtpServer.start("GPS", ServedTime.startingAt(ruler, EPOCH_NANOS));
    int port = Integer.parseInt(server.address().substring("127.0.0.1:".length()));

    server.close();

    try (DatagramSocket again = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
      assertThat(again.getLocalPort()).isEqualTo(port);
    }
  }

  @Test
  void shouldRefuseWhenTheAddressIsNotLoopback() throws IOException {
    InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});

    assertThatThrownBy(
            () -> LoopbackNtpServer.start(elsewhere, "GPS", ServedTime.startingAt(ruler, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("192.0.2.1");
  }

  @Test
  void shouldRefuseWhenTheReferenceIsNotAKindOfClock() {
    assertThatThrownBy(() -> LoopbackNtpServer.start("G-P-S", ServedTime.startingAt(ruler, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("G-P-S");
  }

  @Test
  void shouldLieByAQuarterSecondWhenItIsTheLastOfFive() throws IOException {
    byte[] request = ByteBuffer.allocate(48).put(0, (byte) 0x23).array();

    try (FiveServers five = FiveServers.start(ServedTime.startingAt(ruler, EPOCH_NANOS))) {
      assertThat(five.addresses()).hasSize(5).doesNotHaveDuplicates().endsWith(five.liar());
    }
    try (LoopbackNtpServer liar =
        LoopbackNtpServer.start(
            "LIE", ServedTime.startingAt(ruler, EPOCH_NANOS).wrongBy(FiveServers.LIE_NANOS))) {
      assertThat(ask(liar, request).getLong(32))
          .isEqualTo(NtpReply.timestamp(EPOCH_NANOS + 250_000_000));
    }
  }

  @Test
  void shouldIgnoreTheWallClockWhenItStepsAfterTheStart() {
    AtomicLong wall = new AtomicLong(EPOCH_NANOS);
    ServedTime time = ServedTime.of(ruler, wall::get);

    wall.addAndGet(-61_200_000_000_000L);
    mono.addAndGet(5);

    assertThat(time.epochNanos()).isEqualTo(EPOCH_NANOS + 5);
  }
}
