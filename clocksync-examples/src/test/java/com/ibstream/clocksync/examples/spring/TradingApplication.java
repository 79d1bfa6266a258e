package com.ibstream.clocksync.examples.spring;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application that has nothing of clocksync but the dependency. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class TradingApplication {}
