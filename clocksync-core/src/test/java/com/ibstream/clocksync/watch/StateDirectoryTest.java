package com.ibstream.clocksync.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibstream.clocksync.watch.StateDirectory.Owned;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where state is kept, and where it is not. */
class StateDirectoryTest {

  @TempDir private Path folder;

  private StateDirectory directory(String name) {
    return new StateDirectory(folder.resolve(name));
  }

  @Test
  void shouldMakeADirectoryThatOnlyItsOwnerWritesTo() throws IOException {
    directory("a/b").prepare();
    directory("a/b").prepare();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a/b"))))
        .matches("rwxr.xr.x|rwx------");
  }

  @ParameterizedTest
  @CsvSource({"rwxrwx---, false", "rwxr-x-w-, false", "rwxr-xr-x, true", "rwx------, true"})
  void shouldRefuseADirectoryThatOthersMayWriteTo(String mode, boolean isTaken) throws IOException {
    Path made = Files.createDirectory(folder.resolve("made"));
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));

    if (isTaken) {
      directory("made").prepare();
    } else {
      assertThatThrownBy(() -> directory("made").prepare())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("its group or everybody may write there");
    }
  }

  /** The modes are octal. */
  @ParameterizedTest
  @CsvSource({
    "1000, 1000, 755, 0, 1777, true",
    "1000, 0, 755, 0, 755, true",
    "1000, 1001, 755, 0, 755, false",
    "0, 0, 755, 0, 1777, true",
    "0, 1000, 755, 0, 1777, false",
    "0, 1000, 755, 1000, 755, false",
    "0, 1000, 755, 0, 775, false",
    "0, 1000, 755, 0, 755, true",
    "0, 1000, 775, 0, 755, false"
  })
  void shouldTakeOnlyWhatIsOursOrRootsOrWasGivenByRoot(
      int us, int owner, String mode, int parentOwner, String parentMode, boolean isTaken) {
    Owned directory = new Owned(owner, Integer.parseInt(mode, 8));
    Owned parent = new Owned(parentOwner, Integer.parseInt(parentMode, 8));

    assertThat(StateDirectory.objection(us, directory, parent).isEmpty()).isEqualTo(isTaken);
  }

  @Test
  void shouldGiveWhatRootCreatesToTheOwnerOfTheDirectory() throws IOException {
    Path made = Files.createDirectory(folder.resolve("made"));
    Assumptions.assumeTrue(Owned.of(made).uid() == 0, "only root can give files away");
    Files.setAttribute(made, "unix:uid", 12_345, LinkOption.NOFOLLOW_LINKS);
    Path file = directory("made").file("repair.lock");

    try (FileChannel channel =
        directory("made").open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(channel.isOpen()).isTrue();
    }

    assertThat(Owned.of(file).uid()).isEqualTo(12_345);
  }
}
