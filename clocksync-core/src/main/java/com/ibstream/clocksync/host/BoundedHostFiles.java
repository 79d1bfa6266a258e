package com.ibstream.clocksync.host;

import com.ibstream.clocksync.seam.HostFiles;
import com.ibstream.clocksync.seam.HostFiles.FileContent.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of this machine, up to 64 KiB of each. Stateless. */
public final class BoundedHostFiles implements HostFiles {

  private static final int MAX_BYTES = 64 * 1024;
  private static final int EINVAL = 22;

  /** How the C library of this process names EINVAL, which it does in the user's language. */
  private static final String INVALID = invalid();

  private static String invalid() {
    try {
      return JnaKernelClocks.text(EINVAL);
    } catch (LinkageError e) {
      return "Invalid argument";
    }
  }

  /** A reader of files. */
  public BoundedHostFiles() {}

  @Override
  public FileContent read(Path path) {
    // Files under /proc and /sys say that they are empty, so their size is no guide.
    try (InputStream stream = Files.newInputStream(path)) {
      byte[] bytes = stream.readNBytes(MAX_BYTES);
      boolean isCut = bytes.length == MAX_BYTES && stream.read() >= 0;
      return new FileContent(
          isCut ? Outcome.CUT : Outcome.READ, new String(bytes, StandardCharsets.UTF_8), "");
    } catch (NoSuchFileException e) {
      return new FileContent(Outcome.ABSENT, "", path + " does not exist");
    } catch (AccessDeniedException e) {
      return new FileContent(Outcome.DENIED, "", path + " may not be read");
    } catch (IOException e) {
      boolean isInvalid = INVALID.equals(e.getMessage());
      return new FileContent(
          isInvalid ? Outcome.INVALID : Outcome.FAILED, "", path + ": " + e.getMessage());
    } catch (SecurityException e) {
      return new FileContent(Outcome.FAILED, "", path + ": " + e.getMessage());
    }
  }
}
