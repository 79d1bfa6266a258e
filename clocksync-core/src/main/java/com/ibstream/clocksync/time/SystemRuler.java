package com.ibstream.clocksync.time;

/** The machine's own ruler. Stateless. */
final class SystemRuler implements Ruler {

  @Override
  public long monoNanos() {
    return System.nanoTime();
  }
}
