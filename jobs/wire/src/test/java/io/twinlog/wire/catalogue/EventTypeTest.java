// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinlog.domain.routing.Category;
import org.junit.jupiter.api.Test;

class EventTypeTest {
  @Test
  void takesNameAndVersionFromTheFile() {
    EventType type = EventType.read(EventTypeTest.class, "factory.setpoint-1.2.json");

    assertThat(type.name()).isEqualTo("factory.setpoint");
    assertThat(type.schemaVersion()).isEqualTo("1.2");
    assertThat(type.jsonSchema()).contains("\"object\"");
    assertThat(type.declaredCategory()).isEmpty();
    assertThat(type.in(Category.USER).declaredCategory()).contains(Category.USER);
  }

  @Test
  void saysWhichFileIsNotThereOrNotNamedAsItMustBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventType.read(EventTypeTest.class, "factory.setpoint-9.json"))
        .withMessage(
            "factory.setpoint-9.json is not beside io.twinlog.wire.catalogue.EventTypeTest");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventType.read(EventTypeTest.class, "factory-a/setpoint.json"))
        .withMessage("factory-a/setpoint.json must be named TYPE-VERSION.json");
  }
}
