package com.ibstream.clocksync.testing;

import com.google.common.base.Splitter;
import com.ibstream.clocksync.seam.CommandRunner;
import com.ibstream.clocksync.seam.HostFiles;
import com.ibstream.clocksync.seam.Seams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The host of a simulated world: chronyd under systemd, with the tools that look at it and those
 * that change it, and an RTC. Its user is root. Commands take no time. NOT safe for threads.
 *
 * <p>Left alone, chronyd does nothing for the clock: a step stays until somebody repairs it.
 */
public final class SimulatedHost implements CommandRunner, HostFiles {

  private static final String UNIT = "chrony.service";
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** As Debian configures it: at the start, an error over a second is stepped. */
  private static final long STEP_NANOS = NANOS_PER_SECOND;

  private static final Duration START = Duration.ofSeconds(3);

  private final SimulatedWorld world;
  private final List<List<String>> changes = new ArrayList<>();
  private String activeState = "active";
  private String result = "success";
  private long activeSinceMonoNanos;
  private boolean isSynchronised = true;
  private boolean isDyingAtOnce;
  private boolean isDenied;
  private final SimulatedRtcFiles hardwareClock;

  /**
   * A healthy host.
   *
   * @param world whose clocks it has
   */
  public SimulatedHost(SimulatedWorld world) {
    this.world = world;
    hardwareClock = new SimulatedRtcFiles(world);
    activeSinceMonoNanos = world.monoNanos();
  }

  /**
   * The seams of the world, with this host's commands and files.
   *
   * @return for a monitor
   */
  public Seams seams() {
    Seams seams = world.seams();
    return new Seams(
        seams.ruler(),
        seams.wallClock(),
        seams.transport(),
        seams.resolver(),
        seams.scheduler(),
        seams.hostScheduler(),
        this,
        this,
        seams.kernelClocks(),
        seams.random(),
        seams.listeners(),
        seams.recorder());
  }

  /** Somebody stops the service. */
  public void stop() {
    activeState = "inactive";
  }

  /**
   * The service ends with an error.
   *
   * @param newResult in systemd's words, for example {@code exit-code} or {@code start-limit-hit}
   */
  public void fail(String newResult) {
    activeState = "failed";
    result = newResult;
  }

  /** Whether the service ends at once whenever it is started. */
  public void dyingAtOnce(boolean newDying) {
    isDyingAtOnce = newDying;
    if (newDying) {
      fail("exit-code");
    }
  }

  /** The running service loses its servers, until it is started again. */
  public void loseServers() {
    isSynchronised = false;
  }

  /** Whether every change is refused for lack of privilege. */
  public void denied(boolean newDenied) {
    isDenied = newDenied;
  }

  /**
   * Sets the hardware clock wrong.
   *
   * @param nanos UTC minus RTC; positive = it is behind
   */
  public void rtcOffset(long nanos) {
    rtc().set(world.trueEpochNanos(), world.trueEpochNanos() - nanos);
  }

  /**
   * How wrong the hardware clock is.
   *
   * @return UTC minus RTC, nanoseconds
   */
  public long rtcOffsetNanos() {
    return hardwareClock.offsetNanos();
  }

  /**
   * The hardware clock.
   *
   * @return the one that this host has now
   */
  public SimulatedRtc rtc() {
    return hardwareClock.rtc();
  }

  /** Gives the host another one. */
  public void rtc(SimulatedRtc rtc) {
    hardwareClock.rtc(rtc);
  }

  /** Takes the hardware clock away, as in a container. */
  public void removeRtc() {
    hardwareClock.remove();
  }

  /** Makes this instant the boot at which the hardware clock is read. */
  public void bootNow() {
    hardwareClock.boot();
  }

  /** How the hardware clock is kept: the third line of {@code /etc/adjtime}, UTC or LOCAL. */
  public void rtcKeeping(String word) {
    hardwareClock.keeping(word);
  }

  /**
   * The zone of this host.
   *
   * @param name such as America/Chicago
   */
  public void zone(String name) {
    hardwareClock.zone(name);
  }

  /**
   * Whether the service runs.
   *
   * @return true if systemd would say active
   */
  public boolean isActive() {
    return activeState.equals("active");
  }

  /**
   * The commands that would have changed a real host, in order.
   *
   * @return a copy
   */
  public List<List<String>> changes() {
    return Collections.unmodifiableList(new ArrayList<>(changes));
  }

  @Override
  public CommandResult run(List<String> command, Duration limit) {
    String tool = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    String line = String.join(" ", command.subList(1, command.size()));
    Optional<String> answer = hardwareClock.answer(tool, command);
    if (answer.isPresent()) {
      return exited(answer.get());
    }
    return switch (tool) {
      case "systemctl" ->
          line.startsWith("show") ? shown(command) : changed(command, () -> systemctl(line));
      case "chronyc" ->
          line.equals("makestep") ? changed(command, this::makeStep) : exited(chronyc(line));
      case "hwclock" -> changed(command, hardwareClock::setFromSystemClock);
      case "timedatectl" -> changed(command, () -> hardwareClock.keeping("UTC"));
      case "logger" -> exited("");
      default -> new CommandResult(CommandResult.Outcome.ABSENT, 0, "", "not found: " + tool);
    };
  }

  private CommandResult changed(List<String> command, Runnable change) {
    changes.add(List.copyOf(command));
    if (isDenied) {
      return new CommandResult(
          CommandResult.Outcome.EXITED, 1, "", "Interactive authentication required.");
    }
    change.run();
    return exited("");
  }

  private void systemctl(String line) {
    if (line.equals("reset-failed " + UNIT)) {
      activeState = "inactive";
      result = "success";
    } else if (line.equals("restart " + UNIT) && isDyingAtOnce) {
      fail("exit-code");
    } else if (line.equals("restart " + UNIT)) {
      activeState = "active";
      isSynchronised = false;
      activeSinceMonoNanos = world.monoNanos();
      world.after(START, this::synchronise);
    }
  }

  private void synchronise() {
    if (isActive()) {
      isSynchronised = true;
      if (Math.abs(offsetNanos()) > STEP_NANOS) {
        makeStep();
      }
    }
  }

  private void makeStep() {
    if (isActive()) {
      world.wallClock().step(offsetNanos());
    }
  }

  /** True time minus system clock. */
  private long offsetNanos() {
    return world.trueEpochNanos() - world.wallClock().epochNanos();
  }

  private CommandResult shown(List<String> command) {
    List<String> blocks = new ArrayList<>();
    for (String unit : command) {
      if (unit.endsWith(".service")) {
        blocks.add(unit.equals(UNIT) ? block() : UnitText.absent(unit));
      }
    }
    return exited(String.join("\n", blocks));
  }

  private String block() {
    return UnitText.present(UNIT, "chronyd.service", activeState, result, activeSinceMonoNanos);
  }

  private String chronyc(String line) {
    List<String> words = Splitter.on(' ').splitToList(line);
    boolean isTracking = words.contains("tracking");
    if (!isSynchronised) {
      return isTracking
          ? "00000000,,0,0.000000000,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,"
              + "1.000000000,1.000000000,0.0,Not synchronised\n"
          : "^,?,192.0.2.1,1,6,0,4294967295,0.000000000,0.000000000,0.000000000\n";
    }
    return isTracking
        ? String.format(
            Locale.ROOT,
            "C0000201,192.0.2.1,2,%.9f,%.9f,0.000000100,0.000001000,1.0,0.0,0.01,0.0010,0.0001,16.0,"
                + "Normal%n",
            world.trueEpochNanos() / (double) NANOS_PER_SECOND,
            offsetNanos() / (double) NANOS_PER_SECOND)
        : "^,*,192.0.2.1,1,6,377,6,-0.000044189,-0.000110603,0.000292424\n";
  }

  private static CommandResult exited(String output) {
    return new CommandResult(CommandResult.Outcome.EXITED, 0, output, "");
  }

  @Override
  public FileContent read(Path path) {
    return text(path.toString())
        .map(text -> new FileContent(FileContent.Outcome.READ, text, ""))
        .orElseGet(() -> new FileContent(FileContent.Outcome.ABSENT, "", path + " does not exist"));
  }

  private Optional<String> text(String path) {
    return switch (path) {
      case "/proc/1/comm" -> Optional.of("systemd\n");
      case "/proc/self/status" -> Optional.of("Name:\tjava\nUid:\t0\t0\t0\t0\n");
      case "/proc/sys/kernel/random/boot_id" ->
          Optional.of("11111111-2222-3333-4444-555555555555\n");
      default -> hardwareClock.file(path);
    };
  }
}
