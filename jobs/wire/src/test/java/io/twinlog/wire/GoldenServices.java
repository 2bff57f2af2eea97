// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import io.twinlog.domain.Cause;
import io.twinlog.domain.Moment;
import io.twinlog.domain.Recorded;
import io.twinlog.domain.service.EndpointsFact.Endpoint;
import io.twinlog.domain.service.EndpointsFact.Listed;
import io.twinlog.domain.service.EndpointsState;
import io.twinlog.domain.service.EndpointsState.Instance;
import io.twinlog.domain.service.EndpointsState.Standing;
import io.twinlog.domain.service.Health;
import io.twinlog.domain.service.ServiceEvent;
import io.twinlog.domain.service.ServiceInfo;
import io.twinlog.domain.service.ServiceMove;
import io.twinlog.domain.service.ServiceState;
import io.twinlog.domain.service.ServiceState.Presence;
import io.twinlog.domain.service.ServiceVitals;
import io.twinlog.schemas.ServiceEndpoints;
import io.twinlog.schemas.ServiceInstance;
import io.twinlog.schemas.ServiceLog;
import io.twinlog.wire.service.EndpointsCodec;
import io.twinlog.wire.service.ServiceInstances;
import io.twinlog.wire.service.ServiceLogCodec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values of services whose bytes are kept: each field has one of its own. */
public final class GoldenServices {
  private static final long T = GoldenRecords.T;

  public static final ServiceInfo INFO =
      new ServiceInfo("billing", "http://b-1:8080", "1.2", 5_000);

  public static final ServiceState STATE =
      new ServiceState("b-1", 4, Presence.SILENT, INFO, Health.DEGRADED, T, T + 1);

  public static final ServiceVitals VITALS =
      new ServiceVitals(Presence.SILENT, Health.DEGRADED, 5_000, 60_000, T + 2, 59_000);

  public static final ServiceMove MOVE =
      new ServiceMove(
          "billing", "b-1", 4, ServiceMove.Kind.SILENT, "http://b-1:8080", "1.2", Health.DEGRADED);

  public static final EndpointsState ENDPOINTS =
      new EndpointsState(
          "billing",
          60_001,
          new TreeMap<>(
              Map.of(
                  "b-1", new Instance("http://b-1", "1.2", Health.HEALTHY, Standing.HELD, 59_000),
                  "b-2", new Instance("http://b-2", "", Health.DEGRADED, Standing.HEARD, 0))),
          List.of(59_000L, 60_000L),
          1,
          60_000,
          true);

  private GoldenServices() {}

  static ServiceLog log() {
    return ServiceLogCodec.toAvro("b-1", REGISTERED, "c-0", "k-1");
  }

  static final Recorded<ServiceEvent> REGISTERED =
      new Recorded<>(
          1,
          new Moment(60_000, T),
          T - 500,
          Cause.ANNOUNCED,
          new ServiceEvent.ServiceRegistered(INFO));

  static ServiceInstance instance() {
    return ServiceInstances.projection(STATE, VITALS, 3);
  }

  static ServiceEndpoints endpoints() {
    return EndpointsCodec.toAvro(
        new Listed(
            60_001,
            "billing",
            List.of(
                new Endpoint("b-1", "http://b-1", Health.HEALTHY, "1.2"),
                new Endpoint("b-2", "http://b-2", Health.DEGRADED, ""))));
  }
}
