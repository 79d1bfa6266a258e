package consumer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/** An NTP server on loopback, just good enough for one client (RFC 5905, figure 8). */
final class TimeServer implements AutoCloseable {

  private static final int HEADER_BYTES = 48;
  private static final int TRANSMIT_AT = 40;
  private static final byte VERSION_4_SERVER = 4 << 3 | 4;
  private static final byte STRATUM = 1;
  private static final byte PRECISION_LOG2_SECONDS = -20;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

  private final DatagramSocket socket;
  private final String referenceId;
  private final LongSupplier epochNanos;

  private TimeServer(DatagramSocket socket, String referenceId, LongSupplier epochNanos) {
    this.socket = socket;
    this.referenceId = referenceId;
    this.epochNanos = epochNanos;
  }

  static TimeServer start(String referenceId, LongSupplier epochNanos) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0));
    TimeServer server = new TimeServer(socket, referenceId, epochNanos);
    Thread thread = new Thread(server::serve, "time-server-" + referenceId);
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[HEADER_BYTES], HEADER_BYTES);
    try {
      while (true) {
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(packet.getData()), epochNanos.getAsLong());
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      // closed: whoever still asks gets no answer, and the consumer fails
    }
  }

  private byte[] answer(ByteBuffer request, long receivedEpochNanos) {
    ByteBuffer reply = ByteBuffer.allocate(HEADER_BYTES);
    reply.put(VERSION_4_SERVER).put(STRATUM).put(request.get(2)).put(PRECISION_LOG2_SECONDS);
    reply.putInt(0).putInt(1); // root delay and dispersion
    reply.put(referenceId.getBytes(StandardCharsets.US_ASCII)); // four letters
    reply.putLong(timestamp(receivedEpochNanos - NANOS_PER_SECOND)); // last set
    reply.putLong(request.getLong(TRANSMIT_AT)); // what the client sent comes back
    reply.putLong(timestamp(receivedEpochNanos));
    reply.putLong(timestamp(epochNanos.getAsLong()));
    return reply.array();
  }

  private static long timestamp(long epochNanos) {
    long seconds = epochNanos / NANOS_PER_SECOND + SECONDS_1900_TO_1970;
    return seconds << 32 | (epochNanos % NANOS_PER_SECOND << 32) / NANOS_PER_SECOND;
  }

  @Override
  public void close() {
    socket.close();
  }
}
