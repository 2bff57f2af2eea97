// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The configuration reference says what the options say. With docs.write it is written anew. */
class ConfigurationReferenceTest {
  private static final Path PAGE = Repository.ROOT.resolve("docs/reference/configuration.md");

  @Test
  void thePageIsWhatTheOptionsSay() throws IOException {
    String rendered = ConfigurationReference.render();
    if (Boolean.getBoolean("twinlog.docs.write")) {
      Files.writeString(PAGE, rendered);
    }

    assertThat(Files.readAllLines(PAGE))
        .as("docs/reference/configuration.md is out of date; its head says how to write it anew")
        .containsExactlyElementsOf(rendered.lines().toList());
  }
}
