// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicSpanTest {
  private static TopicSpan beginningAt(long first, long second) {
    return new TopicSpan(
        Map.of(new TopicPartition("t", 0), first, new TopicPartition("t", 1), second), Map.of());
  }

  @Test
  void missesNothingWhereEveryPartitionIsWhole() {
    assertThat(beginningAt(0, 0).retainedFrom(Map.of(0, 100L))).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void missesNothingFromTheLastBeginningOfAPartitionThatWasCut() {
    assertThat(beginningAt(7, 9).retainedFrom(Map.of(0, 100L, 1, 200L))).isEqualTo(200);
    assertThat(beginningAt(7, 0).retainedFrom(Map.of(0, 100L, 1, 200L))).isEqualTo(100);
    assertThat(beginningAt(7, 9).retainedFrom(Map.of(0, 100L))).isEqualTo(100);
  }

  @Test
  void mayMissAnythingWhereNothingIsLeft() {
    assertThat(beginningAt(7, 9).retainedFrom(Map.of())).isEqualTo(Long.MAX_VALUE);
  }
}
