// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdHashTest {

  /** State holds these numbers: a hash that changes would take every repeat for something new. */
  @Test
  void neverChanges() {
    assertThat(IdHash.of("gw-1", "d-1", "e-1")).isEqualTo(-8182181459806952134L);
    assertThat(IdHash.of("", "", "")).isEqualTo(7765674380524223407L);
    assertThat(IdHash.of("gw-1", "Gerät", "😀")).isEqualTo(-8242562172053982148L);
  }

  @Test
  void tellsTheThreeFieldsApart() {
    long hash = IdHash.of("ab", "c", "d");

    assertThat(IdHash.of("a", "bc", "d")).isNotEqualTo(hash);
    assertThat(IdHash.of("ab", "", "cd")).isNotEqualTo(hash);
    assertThat(IdHash.of("ab", "d", "c")).isNotEqualTo(hash);
  }

  @Test
  void tellsIdsApartThatDifferLittle() {
    Set<Long> hashes = new HashSet<>();
    for (int device = 0; device < 100; device++) {
      for (int id = 0; id < 1_000; id++) {
        hashes.add(IdHash.of("gw-1", "d-" + device, "e-" + id));
      }
    }

    assertThat(hashes).hasSize(100_000);
  }
}
