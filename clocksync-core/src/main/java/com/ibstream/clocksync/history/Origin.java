package com.ibstream.clocksync.history;

/**
 * Who writes.
 *
 * @param version of this library
 * @param bootId the kernel's name of this boot of the host; empty where there is none
 * @param processId of this process
 * @param configuration what is in force, as text without secrets
 */
public record Origin(String version, String bootId, long processId, String configuration) {}
