/** The program: one command with its subcommands, and nothing else. */
package com.ibstream.clocksync.examples;
