package com.ibstream.clocksync.host;

import com.ibstream.clocksync.seam.KernelClocks;
import com.ibstream.clocksync.time.Ruler;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's clocks where they can be had, and none where they cannot: no harm either way. */
public final class HostKernelClocks {

  private static final Logger LOG = LoggerFactory.getLogger(HostKernelClocks.class);

  private HostKernelClocks() {}

  /**
   * Looks whether this machine shows them.
   *
   * @param ruler the ruler they are to be compared with
   * @return the kernel's clocks; {@link KernelClocks#ABSENT} without JNA, on another system than
   *     64-bit Linux, or where native code must not be loaded. Says in the log why.
   */
  public static KernelClocks open(Ruler ruler) {
    try {
      Optional<KernelClocks> found = JnaKernelClocks.open(ruler);
      if (found.isPresent()) {
        return found.get();
      }
      LOG.info(
          "slews of the clock are not watched, but allowed for: no kernel clocks on this system");
    } catch (LinkageError | RuntimeException e) {
      LOG.info("slews of the clock are not watched, but allowed for: {}", reason(e));
    }
    return KernelClocks.ABSENT;
  }

  private static String reason(Throwable e) {
    return e instanceof NoClassDefFoundError
        ? "the optional library net.java.dev.jna:jna-jpms is missing"
        : e.toString();
  }
}
