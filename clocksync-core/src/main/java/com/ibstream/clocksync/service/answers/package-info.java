/**
 * The answers of systemd's and the time services' own tools, as values. Each parser reads one
 * answer of one tool by meaning and by name, turns foreign signs and units into ours, and gives a
 * reason instead of a guess when it does not understand.
 */
package com.ibstream.clocksync.service.answers;
