/**
 * The time service of this host (ntpsec, chrony, systemd-timesyncd): whether it lives, what it
 * claims, how it is configured.
 *
 * <p>Units and tools are asked by {@link com.ibstream.clocksync.service.TimeServiceProbe}; each
 * service's answers are weighed in a class of its own into a {@link
 * com.ibstream.clocksync.service.Testimony}; {@link com.ibstream.clocksync.service.ServiceJudge}
 * holds that against the kernel and the vote. What cannot be read is never good.
 */
package com.ibstream.clocksync.service;
