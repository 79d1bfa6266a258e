/**
 * The time service of this host (ntpsec, chrony, systemd-timesyncd): whether it lives, what it
 * claims, how it is configured.
 */
package com.ibstream.clocksync.service;
