// SPDX-License-Identifier: Apache-2.0
package io.twinlog.service;

import io.twinlog.domain.Gathering;
import io.twinlog.domain.service.Endpoints;
import io.twinlog.domain.service.EndpointsFact;
import io.twinlog.domain.service.EndpointsFact.Crowded;
import io.twinlog.domain.service.EndpointsFact.Gone;
import io.twinlog.domain.service.EndpointsFact.Listed;
import io.twinlog.domain.service.EndpointsFact.LossHeld;
import io.twinlog.domain.service.EndpointsRules;
import io.twinlog.domain.service.EndpointsState;
import io.twinlog.domain.service.ServiceMove;
import io.twinlog.flink.Notice;
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
import io.twinlog.wire.service.EndpointsCodec;
import io.twinlog.wire.service.ServiceMoveCodec;
import java.util.List;

/** Ties the rules of endpoints to the records that they read and write. */
final class EndpointsBinding
    implements SecondStageBinding<EndpointsState, ServiceMove, EndpointsFact> {
  private static final String RECORD = "ServiceEndpoints";

  /** No id has one. */
  private static final char BETWEEN = '\n';

  private final Endpoints endpoints;
  private final EndpointsCodec states = new EndpointsCodec();
  private final ServiceMoveCodec notices = new ServiceMoveCodec();
  private final SingleObject singleObject = new SingleObject();

  EndpointsBinding(EndpointsRules rules) {
    this.endpoints = new Endpoints(rules);
  }

  /**
   * What a notice of a move is told by: first its name, whom it is for; then its instance, as those
   * of one clock are applied in the order of their keys.
   */
  static String noticeKey(ServiceMove move) {
    return move.name() + BETWEEN + move.serviceId();
  }

  /** The name that a notice is for. */
  static String name(Notice notice) {
    return notice.key().substring(0, notice.key().indexOf(BETWEEN));
  }

  @Override
  public Gathering<EndpointsState, ServiceMove, EndpointsFact> gathering() {
    return endpoints;
  }

  @Override
  public BinaryCodec<EndpointsState> states() {
    return states;
  }

  @Override
  public BinaryCodec<ServiceMove> notices() {
    return notices;
  }

  @Override
  public void publish(String name, EndpointsFact fact, Outputs outputs) {
    List<Header> version = List.of(Header.of(HeaderNames.VERSION, Long.toString(fact.version())));
    if (fact instanceof Listed listed) {
      byte[] value = singleObject.encode(EndpointsCodec.toAvro(listed));
      outputs.add(Topic.SERVICE_ENDPOINTS, name, RECORD, value, Trace.NONE, version);
    } else if (fact instanceof Gone) {
      outputs.add(Topic.SERVICE_ENDPOINTS, name, RECORD, null, Trace.NONE, version);
    } else if (fact instanceof LossHeld held) {
      tell(PlatformErrors.lossHeld(held), version, outputs);
    } else if (fact instanceof Crowded crowded) {
      tell(PlatformErrors.crowded(crowded), version, outputs);
    } else {
      throw new IllegalStateException("no record for " + fact.getClass().getSimpleName());
    }
  }

  private void tell(Event error, List<Header> version, Outputs outputs) {
    outputs.addError(error, singleObject.encode(error), Trace.NONE, version);
  }
}
