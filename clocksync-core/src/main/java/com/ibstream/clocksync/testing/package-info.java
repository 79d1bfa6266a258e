/**
 * Fakes of the outside world and a simulator with known truth, for our tests and our users' tests.
 * Nothing in a program may depend on it. Nothing here returns or accepts {@code null}.
 */
package com.ibstream.clocksync.testing;
