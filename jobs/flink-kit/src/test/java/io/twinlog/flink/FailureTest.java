// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void saysNothingThatARestartWouldChange() {
    Failure failure =
        Failure.of(new IllegalStateException("class A is in loader ChildFirstClassLoader @1a2b3c"));

    assertThat(failure.reason().message())
        .startsWith(
            "java.lang.IllegalStateException: class A is in loader ChildFirstClassLoader  at ")
        .doesNotContain("1a2b3c");
    assertThat(failure.isRetried()).isFalse();
    assertThat(Failure.of(new ClassCastException("class A to class B")).reason().message())
        .startsWith("java.lang.ClassCastException at io.twinlog.flink.FailureTest");
  }
}
