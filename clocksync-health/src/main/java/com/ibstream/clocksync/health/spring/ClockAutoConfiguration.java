package com.ibstream.clocksync.health.spring;

import com.ibstream.clocksync.ClockMonitor;
import com.ibstream.clocksync.health.ClockHealthContributor;
import com.ibstream.clocksync.health.metrics.ClockMetrics;
import com.ibstream.clocksync.health.plugin.ClockHealthPlugin;
import com.ibstream.clocksync.time.TrustedClock;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Starts a monitor with the application, from the properties {@code clocksync.*}, closes it with
 * it, and shows it as the health component {@code clock} and as meters. An application that defines
 * a {@link ClockMonitor} of its own keeps it.
 */
@AutoConfiguration
public class ClockAutoConfiguration {

  /** For Spring. */
  public ClockAutoConfiguration() {}

  /**
   * The monitor.
   *
   * @param environment has the properties
   * @return started; closed with the application
   */
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  public ClockMonitor clockMonitor(Environment environment) {
    return ClockMonitor.start(ClockProperties.of(environment));
  }

  /**
   * What stamps are taken with.
   *
   * @param monitor keeps it
   * @return trusted from the first vote on
   */
  @Bean
  @ConditionalOnMissingBean
  public TrustedClock trustedClock(ClockMonitor monitor) {
    return monitor.clock();
  }

  /** The plug-in's, so that all say the same; it is there with every monitor that was started. */
  private static ClockHealthContributor contributor(ClockMonitor monitor) {
    return monitor
        .plugin(ClockHealthPlugin.class)
        .map(ClockHealthPlugin::contributor)
        .orElseGet(() -> new ClockHealthContributor(monitor::status));
  }

  /** Where Spring's health is there. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HealthIndicator.class)
  @ConditionalOnEnabledHealthIndicator("clock")
  static class Health {

    @Bean
    @ConditionalOnMissingBean(name = "clockHealthIndicator")
    HealthIndicator clockHealthIndicator(ClockMonitor monitor) {
      return new ClockHealthIndicator(contributor(monitor));
    }
  }

  /** Where Micrometer is there. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterBinder.class)
  static class Meters {

    @Bean
    @ConditionalOnMissingBean
    ClockMetrics clockMetrics(ClockMonitor monitor) {
      return new ClockMetrics(contributor(monitor));
    }
  }
}
