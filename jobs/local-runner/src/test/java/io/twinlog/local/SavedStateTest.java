// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what a job goes on, and what is thrown away then. */
class SavedStateTest {
  @TempDir private Path root;
  private Path checkpoints;
  private Path savepoints;

  @BeforeEach
  void layOut() {
    checkpoints = root.resolve("checkpoints");
    savepoints = root.resolve("savepoints");
  }

  @Test
  void findsNothingWhereNoRunWasBefore() throws IOException {
    assertThat(SavedState.newest(checkpoints, savepoints)).isEmpty();
  }

  @Test
  void goesByTheNumberAndNotByTheTimeOfFiles() throws IOException {
    Path newest = complete(checkpoints.resolve("run-a/chk-12"), 12);
    Path older = complete(checkpoints.resolve("run-a/chk-9"), 9);
    Files.setLastModifiedTime(newest.resolve("_metadata"), FileTime.fromMillis(1));
    Files.setLastModifiedTime(older.resolve("_metadata"), FileTime.fromMillis(2_000_000_000_000L));

    assertThat(SavedState.newest(checkpoints, savepoints))
        .contains(new SavedState(newest, 12, false));
  }

  @Test
  void takesASavepointThatIsNewerThanEveryCheckpoint() throws IOException {
    complete(checkpoints.resolve("run-a/chk-12"), 12);
    Path savepoint = complete(savepoints.resolve("savepoint-1"), 13);

    assertThat(SavedState.newest(checkpoints, savepoints))
        .contains(new SavedState(savepoint, 13, true));
  }

  @Test
  void takesACheckpointThatIsNewerThanTheSavepointBeforeIt() throws IOException {
    complete(savepoints.resolve("savepoint-1"), 13);
    Path checkpoint = complete(checkpoints.resolve("run-b/chk-14"), 14);

    assertThat(SavedState.newest(checkpoints, savepoints))
        .contains(new SavedState(checkpoint, 14, false));
  }

  @Test
  void passesOverWhatWasNeverCompleted() throws IOException {
    Path complete = complete(checkpoints.resolve("run-a/chk-3"), 3);
    Files.createDirectories(checkpoints.resolve("run-a/chk-4"));
    Path half = complete(checkpoints.resolve("run-a/chk-5"), 5).resolve("_metadata");
    Files.write(half, new byte[] {1, 2, 3});

    assertThat(SavedState.newest(checkpoints, savepoints))
        .contains(new SavedState(complete, 3, false));
  }

  @Test
  void prunesAllButItsOwnRunAndTheOneThatGoesOnFromIt() throws IOException {
    complete(checkpoints.resolve("run-a/chk-2"), 2);
    complete(checkpoints.resolve("run-b/chk-7"), 7);
    complete(checkpoints.resolve("run-c/chk-8"), 8);
    complete(savepoints.resolve("savepoint-3"), 3);
    Path kept = checkpoints.resolve("run-b/chk-7");

    new SavedState(kept, 7, false).prune(checkpoints, savepoints, "run-c");

    assertThat(checkpoints.resolve("run-a")).doesNotExist();
    assertThat(kept).exists();
    assertThat(checkpoints.resolve("run-c/chk-8")).exists();
    assertThat(savepoints).isEmptyDirectory();
  }

  @Test
  void prunesAllSavepointsButItself() throws IOException {
    Path kept = complete(savepoints.resolve("savepoint-9"), 9);
    complete(savepoints.resolve("savepoint-3"), 3);

    new SavedState(kept, 9, true).prune(checkpoints, savepoints, "run-c");

    assertThat(savepoints).isDirectoryContaining(kept::equals);
    assertThat(savepoints.resolve("savepoint-3")).doesNotExist();
  }

  private static Path complete(Path directory, long number) throws IOException {
    Files.createDirectories(directory);
    try (OutputStream out = Files.newOutputStream(directory.resolve("_metadata"))) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(number, List.of(), List.of()), out);
    }
    return directory;
  }
}
