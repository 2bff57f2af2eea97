// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.domain.Decision.Refused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answers of an aggregate, and the words that records use for its choices. */
class DecisionTest {

  @Test
  void refusesForAReason() {
    assertThatThrownBy(() -> new Refused<String>(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reason");
  }

  @Test
  void doesNotChangeWithTheListThatItWasMadeOf() {
    List<String> events = new ArrayList<>(List.of("registered"));
    Decision<String> decision = Decision.accepted(events);

    events.clear();

    assertThat(decision).isEqualTo(Decision.accepted(List.of("registered")));
  }

  @Test
  void readsTheWordsThatItWrites() {
    for (Cause cause : Cause.values()) {
      assertThat(Cause.of(cause.text())).isEqualTo(cause);
    }
    for (Severity severity : Severity.values()) {
      assertThat(Severity.of(severity.text())).isEqualTo(severity);
    }
    assertThat(Cause.TIMEOUT.text()).isEqualTo("timeout");
    assertThat(Severity.CRITICAL.text()).isEqualTo("critical");
  }
}
