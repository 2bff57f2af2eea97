// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A local repository of Maven with the modules of this build in it, and links to everything that
 * this build's own repository has: so that a project can be built against this build, and nothing
 * is installed for anyone.
 */
final class ReactorRepository {
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  private final Path directory;

  private ReactorRepository(Path directory) {
    this.directory = directory;
  }

  static ReactorRepository in(Path directory) throws IOException {
    Path shared = Path.of(System.getProperty("twinlog.repository"));
    Files.createDirectories(directory.resolve("io/twinlog"));
    link(shared, directory, "io");
    link(shared.resolve("io"), directory.resolve("io"), "twinlog");
    ReactorRepository repository = new ReactorRepository(directory);
    repository.install(Repository.ROOT, "twinlog", null);
    for (Path entry : classPath()) {
      repository.install(moduleOf(entry), nameOf(moduleOf(entry)), entry);
    }
    return repository;
  }

  Path directory() {
    return directory;
  }

  /** The version of this build. */
  static String version() throws IOException {
    Matcher version = VERSION.matcher(Repository.page("pom.xml"));
    if (!version.find()) {
      throw new IOException("pom.xml names no version");
    }
    return version.group(1);
  }

  private static void link(Path from, Path to, String except) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().toString().equals(except)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
      }
    }
  }

  /** Modules of this build on the class path: as directories, or packed. */
  private static List<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> entry.startsWith(Repository.ROOT))
        .filter(entry -> !entry.endsWith("test-classes") && Files.exists(entry))
        .toList();
  }

  /** Of {@code jobs/wire/target/classes}, {@code jobs/wire}. */
  private static Path moduleOf(Path entry) {
    return entry.getParent().getParent();
  }

  private static String nameOf(Path module) {
    return "twinlog-" + module.getFileName();
  }

  /**
   * Puts a module where Maven would install it.
   *
   * @param built its classes or its jar; null: it has none
   */
  private void install(Path module, String name, Path built) throws IOException {
    String version = version();
    Path place = directory.resolve("io/twinlog").resolve(name).resolve(version);
    Files.createDirectories(place);
    Files.copy(module.resolve("pom.xml"), place.resolve(name + "-" + version + ".pom"));
    if (built == null) {
      return;
    }
    Path jar = place.resolve(name + "-" + version + ".jar");
    if (Files.isRegularFile(built)) {
      Files.copy(built, jar);
      return;
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      ExampleProject.pack(built, out);
    }
  }
}
