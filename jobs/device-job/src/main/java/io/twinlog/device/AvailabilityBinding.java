// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import io.twinlog.domain.Gathering;
import io.twinlog.domain.availability.Availability;
import io.twinlog.domain.availability.AvailabilityRules;
import io.twinlog.domain.availability.AvailabilityState;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SecondStageBinding;
import io.twinlog.flink.Trace;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.device.AvailabilityCodec;
import io.twinlog.wire.device.DeviceMoveCodec;

/** Ties the rules of availability to the records that they read and write. */
final class AvailabilityBinding
    implements SecondStageBinding<AvailabilityState, DeviceMove, AvailabilityState> {
  private final Availability availability;
  private final AvailabilityCodec states = new AvailabilityCodec();
  private final DeviceMoveCodec notices = new DeviceMoveCodec();
  private final SingleObject singleObject = new SingleObject();

  AvailabilityBinding(AvailabilityRules rules) {
    this.availability = new Availability(rules);
  }

  @Override
  public Gathering<AvailabilityState, DeviceMove, AvailabilityState> gathering() {
    return availability;
  }

  @Override
  public BinaryCodec<AvailabilityState> states() {
    return states;
  }

  @Override
  public BinaryCodec<DeviceMove> notices() {
    return notices;
  }

  @Override
  public void publish(String key, AvailabilityState fact, Outputs outputs) {
    byte[] value = fact.ended() ? null : singleObject.encode(AvailabilityCodec.toAvro(fact));
    // All notices of a device come from one inbox partition in order, so its origins tell repeats.
    outputs.add(Topic.DEVICE_AVAILABILITY, key, "DeviceAvailability", value, Trace.NONE);
  }
}
