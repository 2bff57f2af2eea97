// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.flink.SettingsException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, and its directory. */
class EmbeddedBrokerTest {
  @TempDir private Path directory;

  @Test
  void keepsItsLogOverARestart() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      TestingLog log = new TestingLog(broker.bootstrap());
      log.create("t", 1);
      log.append("t", 0, "before".getBytes());
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      TestingLog log = new TestingLog(broker.bootstrap());
      log.append("t", 0, "after".getBytes());

      assertThat(log.values("t")).containsExactly("before", "after");
      assertThat(log.timestampType("t")).isEqualTo("LogAppendTime");
      assertThatThrownBy(() -> log.append("unknown", 0, new byte[0]))
          .as("topics are not created by writing to them")
          .hasMessageContaining("unknown");
    }
  }

  @Test
  void refusesATakenPort() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("a"), 0)) {
      int taken = broker.port();

      assertThatThrownBy(() -> EmbeddedBroker.start(directory.resolve("b"), taken))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("--kafka-port");
    }
  }
}
