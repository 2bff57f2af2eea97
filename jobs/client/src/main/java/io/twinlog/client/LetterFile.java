// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.RetryPolicy.DeadLetter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The local file of events that no broker took, one JSON object a line, in the order in which they
 * were given up. It is appended to, by one after the other, and read by {@code twinlog send}.
 */
final class LetterFile {
  /** One for each file: publishers of one process may share it. */
  private static final ConcurrentMap<Path, Object> LOCKS = new ConcurrentHashMap<>();

  private final Path path;
  private final Object lock;
  private final long bytesMax;

  LetterFile(DeadLetter settings) {
    this.path = settings.file().toAbsolutePath().normalize();
    this.lock = LOCKS.computeIfAbsent(path, file -> new Object());
    this.bytesMax = settings.bytesMax();
  }

  /** What is known of the file, absolute. */
  String name() {
    return path.toString();
  }

  /**
   * Appends a line, and waits until the disk has it.
   *
   * @throws IOException when it has no room, or the file cannot be written: nothing was kept
   */
  void append(String line) throws IOException {
    synchronized (lock) {
      appendAlone(line);
    }
  }

  private void appendAlone(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + '\n').getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
      channel.lock();
      long end = channel.size();
      if (end + bytes.remaining() > bytesMax) {
        throw new IOException(
            "%s has no room: %d bytes of at most %d".formatted(name(), end, bytesMax));
      }
      int length = bytes.remaining();
      try {
        for (long at = end; bytes.hasRemaining(); at = end + length - bytes.remaining()) {
          channel.write(bytes, at);
        }
        channel.force(false);
      } catch (IOException e) {
        // Half a line would spoil the next one.
        channel.truncate(end);
        throw e;
      }
    }
  }
}
