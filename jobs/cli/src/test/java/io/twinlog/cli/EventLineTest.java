// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.wire.catalogue.EventType;
import io.twinlog.wire.catalogue.EventTypeProvider;
import io.twinlog.wire.ingress.Catalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLineTest {
  @Test
  void takesAJarThatDeclaresWhatIsNotSoundForAWrongCommandLine() {
    EventTypeProvider jar =
        () -> List.of(EventType.of("factory.setpoint", "1", "{}").withAvro("{}"));

    assertThatThrownBy(() -> new EventLine(() -> Catalogue.of(false, List.of(jar))))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContainingAll("an Avro schema of event type factory.setpoint", "is not sound");
  }
}
