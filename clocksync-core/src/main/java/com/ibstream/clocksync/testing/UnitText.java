package com.ibstream.clocksync.testing;

/** What {@code systemctl show} prints of a unit. */
final class UnitText {

  private UnitText() {}

  /** A unit that is installed and enabled. */
  static String present(
      String unit, String alias, String activeState, String result, long activeSinceMonoNanos) {
    String subState =
        switch (activeState) {
          case "active" -> "running";
          case "failed" -> "failed";
          default -> "dead";
        };
    return "Result="
        + result
        + "\nNRestarts=0\nId="
        + unit
        + "\nNames="
        + alias
        + " "
        + unit
        + "\nLoadState=loaded\nActiveState="
        + activeState
        + "\nSubState="
        + subState
        + "\nUnitFileState=enabled\nActiveEnterTimestampMonotonic="
        + activeSinceMonoNanos / 1_000
        + "\n";
  }

  /** One that is not. */
  static String absent(String unit) {
    return "Result=success\nNRestarts=0\nId="
        + unit
        + "\nNames="
        + unit
        + "\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=\n"
        + "ActiveEnterTimestampMonotonic=0\n";
  }
}
