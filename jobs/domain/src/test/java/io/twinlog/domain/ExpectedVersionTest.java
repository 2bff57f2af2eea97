// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A command that was written against a version. */
class ExpectedVersionTest {

  @Test
  void holdsWhereNothingIsExpected() {
    assertThat(ExpectedVersion.conflict(ExpectedVersion.ANY, 7)).isEmpty();
  }

  @Test
  void holdsWhereTheExpectedVersionIsThere() {
    assertThat(ExpectedVersion.conflict(7, 7)).isEmpty();
    assertThat(ExpectedVersion.conflict(0, 0)).as("of what must not be there yet").isEmpty();
  }

  @Test
  void isAConflictThatNamesBothVersionsOtherwise() {
    Reason older = ExpectedVersion.conflict(3, 7).orElseThrow();

    assertThat(older.code()).isEqualTo("conflict");
    assertThat(older.path()).isEqualTo("expected_version");
    assertThat(older.message()).contains("3").contains("7");
    assertThat(ExpectedVersion.conflict(8, 7)).isPresent();
    assertThat(ExpectedVersion.conflict(0, 1)).isPresent();
  }
}
