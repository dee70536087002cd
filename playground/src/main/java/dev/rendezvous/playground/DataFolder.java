package dev.rendezvous.playground;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The folder with a system's databases, logs and snapshots, held by one system at a time; the lock
 * ends with the process, however it ends.
 *
 * <p>It takes a folder that is empty or that it made itself, because it removes old logs and the
 * registry's data. The lock file holds a byte from the start to the orderly end of a run.
 */
final class DataFolder implements AutoCloseable {

  private static final String LOCK = "rendezvous.lock";

  /** Above what a watchdog takes to end a killed run's processes. */
  private static final Duration WATCHDOG = Duration.ofSeconds(10);

  private final FileChannel channel;
  private final boolean formerRunWasKilled;

  private DataFolder(FileChannel channel, boolean formerRunWasKilled) {
    this.channel = channel;
    this.formerRunWasKilled = formerRunWasKilled;
  }

  /**
   * @throws StartFailure where another system holds it, or where it cannot be used
   */
  static DataFolder hold(Path folder) {
    try {
      requireOurs(folder);
      Files.createDirectories(folder.resolve("snapshots"));
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new StartFailure(
            folder + " is in use by another ./run (--data DIR takes another folder)");
      }
      boolean killed = channel.size() > 0;
      channel.write(ByteBuffer.wrap(new byte[] {'r'}), 0);
      Folders.delete(folder.resolve("logs"));
      Files.createDirectories(folder.resolve("logs"));
      return new DataFolder(channel, killed);
    } catch (IOException e) {
      throw new StartFailure("the data folder " + folder + " cannot be used: " + e, e);
    }
  }

  /** How long to wait for what a killed run may have left; nothing after an orderly end. */
  Duration patienceWithLeftovers() {
    return formerRunWasKilled ? WATCHDOG : Duration.ZERO;
  }

  private static void requireOurs(Path folder) throws IOException {
    if (!Files.isDirectory(folder) || Files.exists(folder.resolve(LOCK))) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new StartFailure(
            folder + " has other files in it; --data DIR takes a new or an empty folder");
      }
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException thisProcess) {
      return false;
    }
  }

  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw new IllegalStateException("the data folder's lock cannot be let go", e);
    }
  }
}
