/** The command line: options in, text or JSON and an exit status out. */
package com.ibstream.clocksync.examples.cli;
