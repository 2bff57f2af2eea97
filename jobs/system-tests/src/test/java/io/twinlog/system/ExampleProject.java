// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A project under docs/examples, in a copy: its sources stay as they are. */
public final class ExampleProject {
  private final Path copy;

  private ExampleProject(Path copy) {
    this.copy = copy;
  }

  public static ExampleProject copied(String name, Path directory) throws IOException {
    Path source = Repository.ROOT.resolve("docs/examples").resolve(name);
    Path copy = directory.resolve(name);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(ExampleProject::isSource).toList()) {
        Path to = copy.resolve(source.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    return new ExampleProject(copy);
  }

  /** What its author may have built there is left out. */
  private static boolean isSource(Path file) {
    return Files.isRegularFile(file) && !file.toString().contains("/target/");
  }

  Path directory() {
    return copy;
  }

  /** The jar, as its own build makes it, but without Maven: in a second. */
  public Path jar() throws IOException {
    Path classes = Files.createDirectories(copy.resolve("classes"));
    compile(classes);
    Path jar = copy.resolve("extension.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      pack(classes, out);
      pack(copy.resolve("src/main/resources"), out);
    }
    return jar;
  }

  private void compile(Path classes) throws IOException {
    try (Stream<Path> sources = Files.walk(copy.resolve("src/main/java"))) {
      List<String> arguments =
          Stream.concat(
                  Stream.of(
                      "-proc:none",
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-d",
                      classes.toString()),
                  sources.map(Path::toString).filter(source -> source.endsWith(".java")))
              .toList();
      int exit =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(String[]::new));
      if (exit != 0) {
        throw new IOException("the example does not compile: " + copy);
      }
    }
  }

  /** Writes all files under a directory into a jar. */
  static void pack(Path root, JarOutputStream out) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(
            new JarEntry(root.relativize(file).toString().replace(File.separator, "/")));
        Files.copy(file, out);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
