// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A complete checkpoint or savepoint of a job, from which it can go on. Age goes by the number that
 * Flink gives to both from one counter, which a restored job takes over; files' times say nothing.
 *
 * @param path the directory that holds {@code _metadata}
 * @param number of the checkpoint or savepoint, over all runs of the job
 * @param savepoint whether it is a savepoint
 */
record SavedState(Path path, long number, boolean savepoint) {
  private static final Logger LOG = LoggerFactory.getLogger(SavedState.class);
  private static final String METADATA = "_metadata";

  /** The newest of a job; what has no readable {@code _metadata} was never complete. */
  static Optional<SavedState> newest(Path checkpoints, Path savepoints) throws IOException {
    List<SavedState> all = new ArrayList<>();
    for (Path run : entries(checkpoints)) {
      for (Path checkpoint : entries(run)) {
        read(checkpoint, false).ifPresent(all::add);
      }
    }
    for (Path savepoint : entries(savepoints)) {
      read(savepoint, true).ifPresent(all::add);
    }
    return all.stream()
        .max(Comparator.comparingLong(SavedState::number).thenComparing(SavedState::savepoint));
  }

  private static Optional<SavedState> read(Path directory, boolean savepoint) {
    Path metadata = directory.resolve(METADATA);
    if (!Files.isRegularFile(metadata)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
      long number =
          Checkpoints.loadCheckpointMetadata(
                  in, SavedState.class.getClassLoader(), directory.toString())
              .getCheckpointId();
      return Optional.of(new SavedState(directory, number, savepoint));
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read and is passed over", metadata, e);
      return Optional.empty();
    }
  }

  /**
   * Deletes what is older than this: every other savepoint, and the checkpoints of every run but
   * the one that wrote this and the one named. A run shares no files with another, as none claims
   * the state that it starts from.
   */
  void prune(Path checkpoints, Path savepoints, String run) throws IOException {
    for (Path directory : entries(checkpoints)) {
      if (!path.startsWith(directory) && !directory.endsWith(run)) {
        DataDirectory.delete(directory);
      }
    }
    for (Path directory : entries(savepoints)) {
      if (!path.equals(directory)) {
        DataDirectory.delete(directory);
      }
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** {@code checkpoint 12 (path)}. */
  String text() {
    return "%s %d (%s)".formatted(savepoint ? "savepoint" : "checkpoint", number, path);
  }
}
