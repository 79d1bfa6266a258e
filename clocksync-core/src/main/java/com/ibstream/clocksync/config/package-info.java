/**
 * Turns texts from the builder, files and the environment into checked configuration values.
 *
 * <p>No method of this package returns or accepts {@code null}. Nothing here imports another
 * package of this library.
 */
package com.ibstream.clocksync.config;
