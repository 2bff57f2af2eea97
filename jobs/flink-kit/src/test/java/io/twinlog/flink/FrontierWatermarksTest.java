// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static io.twinlog.flink.Ticks.mark;
import static io.twinlog.flink.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.InboxTick;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class FrontierWatermarksTest {
  private final FrontierWatermarks watermarks = new FrontierWatermarks();
  private final TestingWatermarkOutput output = new TestingWatermarkOutput();

  private static final class TestingWatermarkOutput implements WatermarkOutput {
    final List<Long> emitted = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      emitted.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      throw new AssertionError("never idle");
    }

    @Override
    public void markActive() {
      throw new AssertionError("never idle, so never active again");
    }
  }

  private void onTick(InboxTick tick) {
    watermarks.onEvent(Ticks.record(0, 0, tick), Long.MIN_VALUE, output);
  }

  @Test
  void standsOneBehindTheFrontier() {
    onTick(tick(1, mark(0, 1_000)));

    assertThat(output.emitted).containsExactly(999L);
  }

  @Test
  void emitsNothingUntilAllListedPartitionsAreSeen() {
    onTick(tick(2, mark(0, 1_000)));
    assertThat(output.emitted).isEmpty();

    onTick(tick(2, mark(1, 800)));
    assertThat(output.emitted).containsExactly(799L);
  }

  @Test
  void onlyEverRises() {
    onTick(tick(1, mark(0, 1_000)));
    onTick(tick(1, mark(0, 1_000)));
    onTick(tick(1, mark(0, 600)));
    onTick(tick(2, mark(0, 2_000)));
    onTick(tick(2, mark(0, 2_000), mark(1, 500)));
    onTick(tick(2, mark(0, 2_000), mark(1, 1_500)));

    assertThat(output.emitted).containsExactly(999L, 1_499L);
  }

  @Test
  void followsTicksAlone() {
    SourceRecord event =
        new SourceRecord(
            "events.domain",
            0,
            1,
            new byte[] {1},
            new byte[] {1},
            List.of(Header.of(HeaderNames.TYPE, "device.online")));

    watermarks.onEvent(event, Long.MIN_VALUE, output);
    watermarks.onPeriodicEmit(output);

    assertThat(output.emitted).isEmpty();
  }

  @Test
  void takesNoTimeFromARecordThatOnlyCallsItselfATick() {
    watermarks.onEvent(Ticks.tickOf(0, 0, null), Long.MIN_VALUE, output);
    watermarks.onEvent(Ticks.tickOf(0, 0, new byte[] {'x'}), Long.MIN_VALUE, output);

    assertThat(output.emitted).isEmpty();
  }
}
