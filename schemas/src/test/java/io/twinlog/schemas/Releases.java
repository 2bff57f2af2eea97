// SPDX-License-Identifier: Apache-2.0
package io.twinlog.schemas;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * The directory {@code released/}: one directory per release with a schema per record, each whole
 * in itself, and the index by which readers find them. It judges no schema.
 *
 * @param root the directory
 */
record Releases(Path root) {
  private static final Path SOURCES = Path.of("src", "main", "avro");
  private static final String SUFFIX = ".avsc";
  private static final String INDEX = "index.txt";
  private static final Comparator<String> BY_NUMBERS =
      Comparator.comparing(ModuleDescriptor.Version::parse);

  /** The schemas of today's generated classes by record name: one for each file of its own. */
  static Map<String, Schema> today() throws IOException {
    Map<String, Schema> schemas = new TreeMap<>();
    for (String name : names(SOURCES)) {
      if (!name.equals("shared")) {
        schemas.put(name, schemaOf("io.twinlog.schemas." + name));
      }
    }
    return schemas;
  }

  private static Schema schemaOf(String className) {
    try {
      return SpecificData.get().getSchema(Class.forName(className));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("an .avsc file is named like its record: " + className, e);
    }
  }

  /** The releases whose schemas were written, the oldest first. Other things may lie there, too. */
  List<String> versions() throws IOException {
    List<String> versions = new ArrayList<>();
    try (Stream<Path> entries = Files.list(root)) {
      for (Path directory : entries.filter(Files::isDirectory).toList()) {
        if (!names(directory).isEmpty()) {
          versions.add(directory.getFileName().toString());
        }
      }
    }
    versions.sort(BY_NUMBERS);
    return versions;
  }

  /** The schemas of a release by record name. */
  Map<String, Schema> schemas(String version) throws IOException {
    Map<String, Schema> schemas = new TreeMap<>();
    for (String name : names(root.resolve(version))) {
      String text = Files.readString(root.resolve(version).resolve(name + SUFFIX));
      schemas.put(name, new Schema.Parser().parse(text));
    }
    return schemas;
  }

  /** What the index must list. */
  List<String> files() throws IOException {
    List<String> files = new ArrayList<>();
    for (String version : versions()) {
      names(root.resolve(version)).forEach(name -> files.add(version + "/" + name + SUFFIX));
    }
    return files;
  }

  /** What the index lists. */
  List<String> index() throws IOException {
    return Files.readAllLines(root.resolve(INDEX));
  }

  /**
   * Writes {@code schemas} as those of a new release, and the index anew.
   *
   * @throws IllegalStateException when the release has schemas: what was released never changes
   */
  void write(String version, Map<String, Schema> schemas) throws IOException {
    Path directory = Files.createDirectories(root.resolve(version));
    if (!names(directory).isEmpty()) {
      throw new IllegalStateException(directory + " was written before; a release never changes");
    }
    for (Map.Entry<String, Schema> entry : schemas.entrySet()) {
      Files.writeString(
          directory.resolve(entry.getKey() + SUFFIX), entry.getValue().toString(true) + "\n");
    }
    Files.writeString(root.resolve(INDEX), String.join("\n", files()) + "\n");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }
}
