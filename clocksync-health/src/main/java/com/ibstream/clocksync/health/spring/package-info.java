/**
 * Auto-configuration for Spring Boot 4. Needs Spring Boot. Nothing here returns or accepts {@code
 * null}.
 */
package com.ibstream.clocksync.health.spring;
