// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.schemas.InboxTick;
import io.twinlog.wire.Frontier;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * The watermark of one inbox partition: its frontier less one, so that a timer fires only for a
 * deadline that every later record lies behind. Nothing of it is restored; after a restart it waits
 * until all sources have ticked again.
 */
final class FrontierWatermarks implements WatermarkGenerator<SourceRecord> {
  private final Frontier frontier = new Frontier();
  private final SingleObject singleObject = new SingleObject();
  private long emitted = Frontier.NONE;

  @Override
  public void onEvent(SourceRecord record, long eventTimestamp, WatermarkOutput output) {
    if (!record.isTick()) {
      return;
    }
    try {
      frontier.tick(tickOf(record, singleObject));
    } catch (UnreadableException e) {
      // InboxReader, which has seen it already, makes a dead letter of it; it tells no time.
      return;
    }
    long value = frontier.value();
    if (value > emitted) {
      emitted = value;
      output.emitWatermark(new Watermark(value - 1));
    }
  }

  /**
   * The tick that a record holds.
   *
   * @throws UnreadableException when it only calls itself one
   */
  static InboxTick tickOf(SourceRecord record, SingleObject singleObject) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    return singleObject.decode(value, InboxTick.class);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    // Watermarks follow ticks alone.
  }
}
