// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void saysNothingThatARestartWouldChange() {
    Failure failure =
        Failure.of(
            new ClassCastException(
                "class A cannot be cast to class B (A is in loader ChildFirstClassLoader @1a2b3c)"));

    assertThat(failure.reason().message())
        .contains("ChildFirstClassLoader )")
        .doesNotContain("1a2b3c");
    assertThat(failure.isRetried()).isFalse();
  }
}
