// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The source tree that the tests look at: what is built and what tools leave behind is not in it.
 * It needs no git, so that a check of an unpacked archive is the same check.
 */
final class Repository {
  static final Path ROOT = Path.of(System.getProperty("twinlog.root")).toAbsolutePath();
  private static final Set<String> HIDDEN_AND_OURS = Set.of(".ci", ".github", ".mvn");

  private Repository() {}

  /** Every file, in the order of the names. */
  static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.equals(ROOT) || isOurs(directory)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(files);
    return files;
  }

  private static boolean isOurs(Path directory) {
    String name = directory.getFileName().toString();
    return !name.equals("target") && (!name.startsWith(".") || HIDDEN_AND_OURS.contains(name));
  }

  /** The files whose name ends so. */
  static List<Path> files(String suffix) throws IOException {
    return files().stream().filter(file -> file.toString().endsWith(suffix)).toList();
  }

  /** The Java sources of the modules that run: no tests, no fixtures. */
  static List<Path> mainSources() throws IOException {
    return files(".java").stream()
        .filter(file -> file.toString().contains("/src/main/"))
        .filter(file -> !file.startsWith(ROOT.resolve("jobs/testkit")))
        .toList();
  }

  /** A page of the documentation. */
  static String page(String name) throws IOException {
    return Files.readString(ROOT.resolve(name));
  }

  /** As people name a file: from the root on. */
  static String name(Path file) {
    return ROOT.relativize(file).toString();
  }
}
