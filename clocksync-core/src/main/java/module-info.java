/** UTC with an error bound and a verdict, for code that stamps; and the monitor behind it. */
module com.ibstream.clocksync {
  requires com.fasterxml.jackson.databind;
  requires com.google.common;
  requires java.net.http;
  requires org.apache.commons.net;
  requires org.slf4j;
  requires static com.sun.jna;

  exports com.ibstream.clocksync;
  exports com.ibstream.clocksync.facts;
  exports com.ibstream.clocksync.history;
  exports com.ibstream.clocksync.history.chain;
  exports com.ibstream.clocksync.history.compliance;
  exports com.ibstream.clocksync.history.publish;
  exports com.ibstream.clocksync.history.read;
  exports com.ibstream.clocksync.history.report;
  exports com.ibstream.clocksync.history.stamps;
  exports com.ibstream.clocksync.market;
  exports com.ibstream.clocksync.repair;
  exports com.ibstream.clocksync.seam;
  exports com.ibstream.clocksync.testing;
  exports com.ibstream.clocksync.time;
  exports com.ibstream.clocksync.verdict;

  uses com.ibstream.clocksync.ClockMonitorPlugin;
}
