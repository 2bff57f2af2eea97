// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;

/** Files that a benchmark needs only while it runs. Some go while their owner deletes them, too. */
final class Scratch extends SimpleFileVisitor<Path> {
  private final Predicate<Path> kept;

  private Scratch(Predicate<Path> kept) {
    this.kept = kept;
  }

  static void delete(Path directory) throws IOException {
    Files.walkFileTree(directory, new Scratch(file -> false));
  }

  /** Leaves what processes had to say, for whoever asks why one failed. */
  static void deleteAllButLogs(Path directory) throws IOException {
    // The segments of a broker are called logs, too; they lie where its topics are.
    Path topics = directory.resolve("broker").resolve("kafka");
    Files.walkFileTree(
        directory, new Scratch(file -> isSaid(file.toString()) && !file.startsWith(topics)));
  }

  private static boolean isSaid(String file) {
    return file.endsWith(".log") || file.endsWith(".err");
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (!kept.test(file)) {
      Files.deleteIfExists(file);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      // Its owner was quicker.
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, IOException failure)
      throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException holdsWhatIsKept) {
      // Or what its owner has made just now; then it is the owner's to delete.
    }
    return FileVisitResult.CONTINUE;
  }
}
