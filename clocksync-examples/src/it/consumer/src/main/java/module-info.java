/** A program that stamps. */
module consumer {
  requires com.ibstream.clocksync;
  requires com.ibstream.clocksync.health;
  requires java.net.http;

  provides com.ibstream.clocksync.ClockMonitorPlugin with
      consumer.Witness;
}
