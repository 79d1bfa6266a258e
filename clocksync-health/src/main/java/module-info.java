/** Shows the state of the clock: as a health answer, over HTTP, and as a plug-in of the monitor. */
module com.ibstream.clocksync.health {
  requires transitive com.fasterxml.jackson.databind;
  requires transitive com.ibstream.clocksync;
  requires transitive jdk.httpserver;
  requires org.slf4j;
  // not transitive: the compiler would look for it at everybody who requires this module
  requires static micrometer.core;
  requires static micrometer.registry.prometheus;
  requires static spring.boot;
  requires static spring.boot.autoconfigure;
  requires static spring.boot.health;
  requires static spring.context;
  requires static spring.core;

  exports com.ibstream.clocksync.health;
  exports com.ibstream.clocksync.health.http;
  exports com.ibstream.clocksync.health.metrics;
  exports com.ibstream.clocksync.health.plugin;

  opens com.ibstream.clocksync.health.spring;

  provides com.ibstream.clocksync.ClockMonitorPlugin with
      com.ibstream.clocksync.health.plugin.ClockHealthPlugin;
}
