// SPDX-License-Identifier: Apache-2.0
package io.twinlog.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The index of the catalogue is what readers find its files by: nothing else lists a class path.
 */
class CatalogueIndexTest {
  private static final Path CATALOGUE = Path.of("src", "main", "resources", "catalogue");

  @Test
  void listsEveryFileOnceInOrder() throws IOException {
    List<String> files;
    try (Stream<Path> paths = Files.walk(CATALOGUE)) {
      files =
          paths
              .filter(Files::isRegularFile)
              .map(path -> CATALOGUE.relativize(path).toString().replace('\\', '/'))
              .filter(name -> !name.equals("index.txt"))
              .sorted()
              .toList();
    }

    List<String> listed = Files.readAllLines(CATALOGUE.resolve("index.txt"));

    assertThat(listed).isEqualTo(files);
  }
}
