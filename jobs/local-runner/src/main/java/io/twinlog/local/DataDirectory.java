// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.flink.SettingsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a local run keeps everything, held by one run at a time. It lays the directories out; what
 * is in them belongs to the broker and the jobs.
 */
final class DataDirectory implements AutoCloseable {
  private static final long FREE_BYTES_MIN = 1L << 30;

  private final Path root;
  private final FileChannel channel;

  private DataDirectory(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Creates the directory if it is missing, takes it for this run, and clears its {@code tmp}.
   *
   * @throws SettingsException when it cannot be written to, is held by another run, or has less
   *     than 1 GiB free
   */
  static DataDirectory open(Path root) {
    Path directory = root.toAbsolutePath().normalize();
    FileChannel channel = null;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock(directory, channel);
      requireSpace(directory);
      DataDirectory data = new DataDirectory(directory, channel);
      delete(data.temporary());
      Files.createDirectories(data.temporary());
      return data;
    } catch (IOException e) {
      closeAfter(e, channel);
      throw cannotWrite(directory, e);
    } catch (SettingsException e) {
      closeAfter(e, channel);
      throw e;
    }
  }

  /**
   * Creates the directory if it is missing, and takes nothing: for whoever writes there before
   * {@link #open}.
   *
   * @throws SettingsException when it cannot be written to
   */
  static void requireWritable(Path root) {
    Path directory = root.toAbsolutePath().normalize();
    try {
      Files.createDirectories(directory);
      if (!Files.isWritable(directory)) {
        throw new AccessDeniedException(directory.toString());
      }
    } catch (IOException e) {
      throw cannotWrite(directory, e);
    }
  }

  private static SettingsException cannotWrite(Path directory, IOException e) {
    return new SettingsException(
        "cannot write to %s (%s): name another directory with --data".formatted(directory, e), e);
  }

  private static void lock(Path directory, FileChannel channel) throws IOException {
    if (tryLock(channel) == null) {
      throw new SettingsException(
          ("%s is in use by another run (its process id is in %s):"
                  + " stop that one, or name another directory with --data")
              .formatted(directory, directory.resolve("lock")));
    }
    channel.truncate(0);
    String pid = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The operating system frees the lock when the process ends, however it ends. */
  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static void requireSpace(Path directory) throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < FREE_BYTES_MIN) {
      throw new SettingsException(
          "%s has %,d MiB free, a local run wants 1,024: make room, or name another directory with --data"
              .formatted(directory, free >> 20));
    }
  }

  private static void closeAfter(Exception reason, FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
  }

  Path root() {
    return root;
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path checkpoints(String job) {
    return root.resolve("checkpoints").resolve(job);
  }

  Path savepoints(String job) {
    return root.resolve("savepoints").resolve(job);
  }

  /** Working files of one run: state backends, native libraries, uploads of the web UI. */
  Path temporary() {
    return temporary(root);
  }

  static Path temporary(Path root) {
    return root.toAbsolutePath().normalize().resolve("tmp");
  }

  static Path log(Path root) {
    return root.toAbsolutePath().normalize().resolve("log").resolve("twinlog.log");
  }

  /** Deletes a directory and all in it; nothing when there is none. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
