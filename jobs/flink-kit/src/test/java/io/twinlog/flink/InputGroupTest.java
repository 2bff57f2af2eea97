// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static io.twinlog.flink.AggregateRig.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.flink.AggregateRig.Sent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;

/** Inputs of a group wait for each other, and for nothing else; what comes of them is the same. */
class InputGroupTest {
  private static final int SIZE = 3;

  private static CacheSettings of(int group) {
    return new CacheSettings(1 << 20, 100, 10, 0, group);
  }

  private static Sent touch(int i) {
    return Sent.of("k-" + i % 2, "report e-" + i + " open " + (HOUR + i), i, 1_000L * i);
  }

  @Test
  void worksOffWhatIsFullInItsOrder() throws Exception {
    List<Sent> inputs = new ArrayList<>();
    for (int i = 0; i < 4 * SIZE; i++) {
      inputs.add(touch(i));
    }
    List<String> alone;
    try (AggregateRig rig = new AggregateRig(null, of(1))) {
      alone = rig.send(inputs.toArray(Sent[]::new));
    }

    try (AggregateRig rig = new AggregateRig(null, of(SIZE))) {
      assertThat(rig.send(inputs.get(0), inputs.get(1))).isEmpty();
      List<String> all = rig.send(inputs.get(2));
      all.addAll(rig.send(inputs.subList(3, inputs.size()).toArray(Sent[]::new)));
      assertThat(all).isEqualTo(alone).isNotEmpty();
    }
  }

  @Test
  void waitsNoLongerThanAFewMilliseconds() throws Exception {
    try (AggregateRig rig = new AggregateRig(null, of(SIZE))) {
      rig.harness.setProcessingTime(1_000);
      assertThat(rig.send(touch(0))).isEmpty();
      rig.harness.setProcessingTime(1_004);
      assertThat(rig.send()).isEmpty();
      rig.harness.setProcessingTime(1_005);

      assertThat(rig.send()).isNotEmpty();

      assertThat(rig.send(touch(1))).isEmpty();
      rig.harness.setProcessingTime(1_010);
      assertThat(rig.send()).isNotEmpty();
    }
  }

  @Test
  void comesBeforeAWatermark() throws Exception {
    try (AggregateRig rig = new AggregateRig(null, of(SIZE))) {
      rig.send(touch(0));

      assertThat(rig.watermark(500)).isNotEmpty();
      assertThat(rig.harness.getOutput().toArray()[0]).isNotInstanceOf(Watermark.class);
    }
  }

  @Test
  void comesBeforeTheFinalWatermark() throws Exception {
    try (AggregateRig rig = new AggregateRig(null, of(SIZE))) {
      rig.send(touch(0));

      assertThat(rig.watermark(Long.MAX_VALUE)).isNotEmpty();
    }
  }

  @Test
  void comesBeforeTheEnd() throws Exception {
    try (AggregateRig rig = new AggregateRig(null, of(SIZE))) {
      rig.send(touch(0));
      rig.harness.endInput();
      rig.harness.getOneInputOperator().finish();

      assertThat(rig.send()).isNotEmpty();
    }
  }

  @Test
  void comesBeforeABarrier() throws Exception {
    OperatorSubtaskState state;
    List<String> before;
    try (AggregateRig rig = new AggregateRig(null, of(SIZE))) {
      rig.send(touch(0));
      state = rig.snapshot();
      before = rig.send();
    }

    assertThat(before).isNotEmpty();
    try (AggregateRig rig = new AggregateRig(state, of(1))) {
      assertThat(rig.send(touch(0))).as("its id is known").isEmpty();
    }
  }

  /** Flink goes on for a moment after a timer has failed. */
  @Test
  void worksOnNothingAfterAnInputHasFailed() throws Exception {
    InputGroup<String, Long> group = new InputGroup<>(null, SIZE);
    List<InboxRecord> worked = new ArrayList<>();
    group.add(touch(0).record());

    assertThatThrownBy(
            () ->
                group.work(
                    input -> {
                      throw new IllegalArgumentException("defect");
                    }))
        .hasMessage("defect");

    assertThatThrownBy(() -> group.work(worked::add)).isInstanceOf(IllegalStateException.class);
    assertThat(worked).isEmpty();
  }

  @Test
  void doesNotWaitWithoutACache() throws Exception {
    CacheSettings off = new CacheSettings(0, 1, 0, 0, SIZE);
    try (AggregateRig rig = new AggregateRig(null, off)) {
      assertThat(rig.send(touch(0))).isNotEmpty();
    }
  }
}
