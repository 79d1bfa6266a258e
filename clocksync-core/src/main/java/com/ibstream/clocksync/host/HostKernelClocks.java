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
      warn("only 64-bit Linux shows them");
    } catch (LinkageError | RuntimeException e) {
      warn(reason(e));
    }
    return KernelClocks.ABSENT;
  }

  private static void warn(String reason) {
    LOG.warn(
        "the kernel's clocks are not seen, so the fastest slew is allowed for and trust is short,"
            + " unless slew.allowance.ppm is set: {}",
        reason);
  }

  private static String reason(Throwable e) {
    return e instanceof NoClassDefFoundError
        ? "the library net.java.dev.jna:jna-jpms is not there, or its module is not resolved"
        : e + "; is native access enabled?";
  }
}
