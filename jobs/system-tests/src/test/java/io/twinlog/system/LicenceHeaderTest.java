// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every source file names its licence. Formats that have no comments cannot, and are left out. */
class LicenceHeaderTest {
  private static final Pattern SOURCE =
      Pattern.compile(".*\\.(java|sh|xml|ya?ml|properties|py|js|css|html|sql)");
  private static final String LICENCE = "SPDX-License-Identifier: Apache-2.0";
  private static final int FIRST_LINES = 3;

  @Test
  void everySourceFileNamesItsLicence() throws IOException {
    List<String> without =
        Repository.files().stream()
            .filter(LicenceHeaderTest::isSource)
            .filter(file -> !namesLicence(file))
            .map(Repository::name)
            .toList();

    assertThat(without).as("files without '" + LICENCE + "' in their first lines").isEmpty();
  }

  @Test
  void seesScriptsWithoutASuffix() {
    assertThat(isSource(Repository.ROOT.resolve("deploy/bin/twinlog"))).isTrue();
    assertThat(isSource(Repository.ROOT.resolve(".ci/run"))).isTrue();
    assertThat(isSource(Repository.ROOT.resolve("LICENSE"))).isFalse();
  }

  private static boolean isSource(Path file) {
    return SOURCE.matcher(file.toString()).matches() || text(file).startsWith("#!");
  }

  private static boolean namesLicence(Path file) {
    return Arrays.stream(text(file).split("\n"))
        .limit(FIRST_LINES)
        .anyMatch(line -> line.contains(LICENCE));
  }

  /** Any bytes can be read so, also those of files that are no text. */
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
