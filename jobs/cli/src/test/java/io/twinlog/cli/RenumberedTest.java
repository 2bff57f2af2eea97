// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RenumberedTest {
  @Test
  void leavesADocumentWithoutAVersionAsItIs() {
    String document = "# as in version: 3\nvalidation:\n  strict_catalogue: true\n";

    assertThat(Renumbered.of(document, 7)).isEqualTo(document);
  }

  @Test
  void changesTheVersionAndNothingElse() {
    assertThat(
            Renumbered.of(
                "# after version: 2\nversion: 3 # old\nrouting:\n  must_be_handled: []\n", 7))
        .isEqualTo("# after version: 2\nversion: 7 # old\nrouting:\n  must_be_handled: []\n");
    assertThat(Renumbered.of("{\"version\": 3}", 7)).isEqualTo("{\"version\": 7}");
  }

  @Test
  void leavesWhatIsWrongForTheReader() {
    assertThat(Renumbered.of("version: 3\nnonsense: 1\n", 7))
        .isEqualTo("version: 3\nnonsense: 1\n");
  }
}
