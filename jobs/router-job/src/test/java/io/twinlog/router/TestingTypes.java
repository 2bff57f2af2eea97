// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.routing.Category;
import io.twinlog.wire.catalogue.EventType;
import io.twinlog.wire.catalogue.EventTypeProvider;
import java.util.List;

/** The event type of a user's jar. */
public final class TestingTypes implements EventTypeProvider {
  static final String DECLARED = "testing.declared";

  @Override
  public List<EventType> eventTypes() {
    return List.of(
        EventType.of(DECLARED, "1", "{\"type\":\"object\",\"required\":[\"do\"]}")
            .in(Category.DOMAIN));
  }
}
