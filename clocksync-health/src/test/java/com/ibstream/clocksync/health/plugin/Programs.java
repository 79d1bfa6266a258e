package com.ibstream.clocksync.health.plugin;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.ClockMonitorConfig;
import com.ibstream.clocksync.health.http.HealthEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** What a service does with the library, to be run on a class path that lacks something. */
public final class Programs {

  private Programs() {}

  /** Without a framework. */
  public static final class Plain {

    private Plain() {}

    /** Status codes of the endpoint of a monitor whose server is not there. */
    public static String run() throws Exception {
      ClockMonitorConfig config =
          ClockMonitorConfig.builder()
              .servers("127.0.0.1:9")
              .timeout(Duration.ofMillis(200))
              .setting(ClockHealthPlugin.PORT_KEY, "0")
              .build();
      try (ClockMonitor monitor = ClockMonitor.start(config)) {
        HealthEndpoint endpoint =
            monitor.plugin(ClockHealthPlugin.class).orElseThrow().endpoint().orElseThrow();
        return code(endpoint.uri("/system/health")) + " " + code(endpoint.uri("/metrics"));
      }
    }

    private static int code(URI uri) throws IOException, InterruptedException {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  /** With Spring Boot. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  public static class Spring {

    /** Which of our beans there are, in an application without a web server. */
    public static String run() {
      SpringApplicationBuilder builder =
          new SpringApplicationBuilder(Spring.class)
              .web(WebApplicationType.NONE)
              .properties(Map.of("clocksync.servers", "127.0.0.1:9", "clocksync.timeout", "200ms"));
      try (ConfigurableApplicationContext application = builder.run()) {
        return application.getBeansOfType(ClockMonitor.class).size()
            + " "
            + application.containsBean("clockHealthIndicator")
            + " "
            + application.containsBean("clockMetrics");
      }
    }
  }
}
