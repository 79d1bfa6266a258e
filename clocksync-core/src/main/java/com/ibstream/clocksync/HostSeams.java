package com.ibstream.clocksync;

import com.ibstream.clocksync.host.BoundedHostFiles;
import com.ibstream.clocksync.host.HostKernelClocks;
import com.ibstream.clocksync.host.ProcessCommandRunner;
import com.ibstream.clocksync.host.SystemNameResolver;
import com.ibstream.clocksync.seam.Seams;
import com.ibstream.clocksync.time.Ruler;
import com.ibstream.clocksync.time.WallClock;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The real world: this machine's clocks, network and programs, and the threads that it takes. */
final class HostSeams implements AutoCloseable {

  private static final int LISTENER_QUEUE = 1024;
  private static final long IDLE_SECONDS = 10;

  private final MonitorLoop loop;
  private final HostThread hostThread;
  private final ThreadPoolExecutor listeners;
  private final ThreadPoolExecutor recorder;
  private final Seams seams;
  private boolean isClosed;

  HostSeams() {
    Ruler ruler = Ruler.system();
    loop = new MonitorLoop(ruler);
    hostThread = new HostThread(ruler);
    listeners =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LISTENER_QUEUE),
            task -> daemon(task, "clocksync-listeners"));
    listeners.allowCoreThreadTimeOut(true);
    recorder =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, "clocksync-history"));
    recorder.allowCoreThreadTimeOut(true);
    seams =
        new Seams(
            ruler,
            WallClock.system(),
            loop.transport(),
            new SystemNameResolver(),
            loop,
            hostThread,
            new ProcessCommandRunner(),
            new BoundedHostFiles(),
            HostKernelClocks.open(ruler),
            new SecureRandom(),
            listeners,
            recorder);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  Seams seams() {
    return seams;
  }

  /**
   * Starts the monitor's thread.
   *
   * @param standing see {@link MonitorLoop#start}
   */
  void start(Runnable standing) {
    loop.start(standing);
  }

  /**
   * Closing twice does nothing: a monitor that fails to start closes what its starter does, too.
   */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    loop.close();
    hostThread.close();
    listeners.shutdownNow();
    recorder.shutdown(); // what is being written is written to its end
  }
}
