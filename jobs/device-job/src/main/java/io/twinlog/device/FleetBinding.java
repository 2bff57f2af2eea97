// SPDX-License-Identifier: Apache-2.0
package io.twinlog.device;

import io.twinlog.domain.Gathering;
import io.twinlog.domain.device.DeviceMove;
import io.twinlog.domain.fleet.Fleet;
import io.twinlog.domain.fleet.FleetFact;
import io.twinlog.domain.fleet.FleetFact.MassSilence;
import io.twinlog.domain.fleet.FleetFact.ModelCounted;
import io.twinlog.domain.fleet.FleetRules;
import io.twinlog.domain.fleet.FleetState;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SecondStageBinding;
import io.twinlog.flink.Trace;
import io.twinlog.schemas.Event;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.PlatformErrors;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.device.DeviceMoveCodec;
import io.twinlog.wire.device.FleetCodec;
import java.util.List;

/** Ties the rules of the fleet to the records that they read and write. */
final class FleetBinding implements SecondStageBinding<FleetState, DeviceMove, FleetFact> {
  private final Fleet fleet;
  private final FleetCodec states = new FleetCodec();
  private final DeviceMoveCodec notices = new DeviceMoveCodec();
  private final SingleObject singleObject = new SingleObject();

  FleetBinding(FleetRules rules) {
    this.fleet = new Fleet(rules);
  }

  @Override
  public Gathering<FleetState, DeviceMove, FleetFact> gathering() {
    return fleet;
  }

  @Override
  public BinaryCodec<FleetState> states() {
    return states;
  }

  @Override
  public BinaryCodec<DeviceMove> notices() {
    return notices;
  }

  @Override
  public void publish(String key, FleetFact fact, Outputs outputs) {
    List<Header> version = List.of(Header.of(HeaderNames.VERSION, Long.toString(fact.version())));
    if (fact instanceof ModelCounted counted) {
      byte[] value = singleObject.encode(FleetCodec.counts(counted));
      outputs.add(Topic.FLEET_COUNTS, counted.model(), "FleetCounts", value, Trace.NONE, version);
    } else if (fact instanceof MassSilence silence) {
      Event error = PlatformErrors.massSilence(silence);
      outputs.addError(error, singleObject.encode(error), Trace.NONE, version);
    } else {
      throw new IllegalStateException("no record for " + fact.getClass().getSimpleName());
    }
  }
}
