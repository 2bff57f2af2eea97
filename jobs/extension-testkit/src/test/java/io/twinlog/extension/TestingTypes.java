// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.routing.Category;
import io.twinlog.wire.catalogue.EventType;
import io.twinlog.wire.catalogue.EventTypeProvider;
import java.util.List;

/** A type on the class path of these tests. */
public final class TestingTypes implements EventTypeProvider {
  @Override
  public List<EventType> eventTypes() {
    return List.of(
        EventType.of("factory.setpoint", "1", "{\"type\":\"object\",\"required\":[\"celsius\"]}")
            .in(Category.DOMAIN));
  }
}
