/**
 * How a time service is configured: finds the mistakes of a configuration file, and writes a good
 * one. Text in, values out; no file is opened here and nothing returns or accepts {@code null}.
 */
package com.ibstream.clocksync.service.config;
