package com.ibstream.clocksync;

import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.seam.KernelClocks;
import com.ibstream.clocksync.seam.NameResolver;
import com.ibstream.clocksync.seam.Scheduler;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.seam.UdpTransport;

/** The same seams but for some of them. NOT safe for threads. */
public final class ChangedSeams {

  private final Seams real;
  private UdpTransport transport;
  private NameResolver resolver;
  private Scheduler scheduler;
  private Scheduler hostScheduler;
  private CommandRunner commands;
  private KernelClocks kernelClocks;

  private ChangedSeams(Seams real) {
    this.real = real;
    this.transport = real.transport();
    this.resolver = real.resolver();
    this.scheduler = real.scheduler();
    this.hostScheduler = real.hostScheduler();
    this.commands = real.commands();
    this.kernelClocks = real.kernelClocks();
  }

  /** Nothing is changed yet. */
  public static ChangedSeams of(Seams real) {
    return new ChangedSeams(real);
  }

  /** Another network. */
  public ChangedSeams transport(UdpTransport other) {
    transport = other;
    return this;
  }

  ChangedSeams resolver(NameResolver other) {
    resolver = other;
    return this;
  }

  ChangedSeams scheduler(Scheduler other) {
    scheduler = other;
    return this;
  }

  ChangedSeams hostScheduler(Scheduler other) {
    hostScheduler = other;
    return this;
  }

  ChangedSeams commands(CommandRunner other) {
    commands = other;
    return this;
  }

  ChangedSeams kernelClocks(KernelClocks other) {
    kernelClocks = other;
    return this;
  }

  /** All of them. */
  public Seams seams() {
    return new Seams(
        real.ruler(),
        real.wallClock(),
        transport,
        resolver,
        scheduler,
        hostScheduler,
        commands,
        real.files(),
        kernelClocks,
        real.random(),
        real.listeners(),
        real.recorder());
  }
}
