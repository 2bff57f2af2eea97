// SPDX-License-Identifier: Apache-2.0
package com.example.coldchain;

import io.twinlog.wire.catalogue.EventType;
import io.twinlog.wire.catalogue.EventTypeProvider;
import java.util.List;

/** The event type of this jar. Its schema lies beside this class, among the resources. */
public final class ColdChainTypes implements EventTypeProvider {
  static final String TRUCK_READING = "truck.reading";

  @Override
  public List<EventType> eventTypes() {
    return List.of(EventType.read(ColdChainTypes.class, "truck.reading-1.json"));
  }
}
