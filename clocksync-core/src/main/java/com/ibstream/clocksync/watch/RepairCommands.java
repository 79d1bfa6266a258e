package com.ibstream.clocksync.watch;

import com.ibstream.clocksync.facts.RepairAction;
import com.ibstream.clocksync.facts.TimeService;
import java.util.List;

/**
 * The commands that change a host, all of them. {@code docs/operations/sudoers} lists the same; a
 * test holds the two together.
 */
final class RepairCommands {

  private static final String SYSTEMCTL = "/usr/bin/systemctl";
  private static final List<String> MAKESTEP = List.of("/usr/bin/chronyc", "makestep");
  private static final List<String> WRITE = List.of("/usr/sbin/hwclock", "--systohc", "--utc");
  private static final List<String> KEEP_UTC =
      List.of("/usr/bin/timedatectl", "set-local-rtc", "0");

  private RepairCommands() {}

  /**
   * What an action takes.
   *
   * @param unit one of the service's {@link TimeService#unitNames()}
   * @param isFailed whether systemd refuses to start it until it is reset
   * @param isAware whether it runs and its own figure of the clock's error agrees with the vote's
   */
  static List<List<String>> of(
      RepairAction action, TimeService service, String unit, boolean isFailed, boolean isAware) {
    if (!service.unitNames().contains(unit)) {
      throw new IllegalArgumentException(unit + " is no unit of " + service.word());
    }
    return switch (action) {
      case RESTART_SERVICE -> restart(unit, isFailed);
      // ntpd and timesyncd have no such command, and chronyd steps by its own figure only;
      // started anew, they step
      case STEP_CLOCK ->
          service == TimeService.CHRONY && isAware ? List.of(MAKESTEP) : restart(unit, isFailed);
      case WRITE_RTC, SET_RTC_UTC -> hardwareClock(action);
    };
  }

  static List<List<String>> hardwareClock(RepairAction action) {
    return action == RepairAction.SET_RTC_UTC ? List.of(KEEP_UTC, WRITE) : List.of(WRITE);
  }

  /** A crash loop at systemd's start limit does not show as such, so every failure is reset. */
  private static List<List<String>> restart(String unit, boolean isFailed) {
    List<String> restart = List.of(SYSTEMCTL, "restart", unit);
    return isFailed ? List.of(List.of(SYSTEMCTL, "reset-failed", unit), restart) : List.of(restart);
  }
}
