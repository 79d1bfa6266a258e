package com.ibstream.clocksync.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One repairer per host: among monitors of a process, and among processes. */
class RepairLockTest {

  @TempDir private Path folder;

  private RepairLock lock() {
    return new RepairLock(new StateDirectory(folder));
  }

  /** Tries the lock from another process, as the kernel sees it. */
  private boolean isFreeForOthers() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    other.getOutputStream().close();
    String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.contains("taken");
  }

  /** Takes the lock and ends, which gives it up. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] arguments) throws IOException {
      try (RepairLock lock = new RepairLock(new StateDirectory(Path.of(arguments[0])))) {
        System.out.println(lock.take().orElse("taken"));
      }
    }
  }

  @Test
  void shouldBeHeldByOneMonitorOfAProcessAndStayHeldWhenAnotherTries()
      throws IOException, InterruptedException {
    try (RepairLock first = lock()) {
      assertThat(first.take()).isEmpty();
      assertThat(first.take()).isEmpty();

      try (RepairLock second = lock()) {
        assertThat(second.take().orElseThrow()).contains("another monitor in this process");
      }

      assertThat(isFreeForOthers()).isFalse();
    }
    try (RepairLock next = lock()) {
      assertThat(next.take()).isEmpty();
    }
    assertThat(isFreeForOthers()).isTrue();
  }

  @Test
  void shouldNeverBeTakenAgainOnceItIsClosed() throws IOException, InterruptedException {
    RepairLock lock = lock();
    assertThat(lock.take()).isEmpty();
    lock.close();

    assertThat(lock.take()).contains("this monitor has ended");
    assertThat(lock.isHeld()).isFalse();
    assertThat(isFreeForOthers()).isTrue();
    try (RepairLock next = lock()) {
      assertThat(next.take()).isEmpty();
    }
  }

  @Test
  void shouldTakeAnotherLockWhenTheFileIsGone() throws IOException, InterruptedException {
    try (RepairLock first = lock()) {
      assertThat(first.take()).isEmpty();
      Files.delete(folder.resolve("repair.lock"));

      assertThat(first.take()).isEmpty();

      assertThat(folder.resolve("repair.lock")).exists();
      assertThat(isFreeForOthers()).isFalse();
    }
  }
}
