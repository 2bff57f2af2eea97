// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.flink.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Which ports are taken for free. */
class PortsTest {
  @Test
  void refusesAPortOnWhichSomethingListens() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> Ports.choose(port, "Kafka", "--kafka-port"))
          .isInstanceOf(SettingsException.class)
          .hasMessage(
              "port %d, wanted for Kafka, is taken: name another one with --kafka-port (0: any free port)",
              port);
    }
  }

  @Test
  void refusesAPortThatIsTakenOnAllInterfaces() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThatThrownBy(() -> Ports.choose(taken.getLocalPort(), "Kafka", "--kafka-port"))
          .isInstanceOf(SettingsException.class);
    }
  }

  @Test
  void findsAFreePortWhereZeroIsAskedFor() {
    int port = Ports.choose(0, "Kafka", "--kafka-port");

    assertThat(Ports.choose(port, "Kafka", "--kafka-port")).isEqualTo(port).isPositive();
  }

  @Test
  void passesOverTakenPortsOfARange() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThat(Ports.firstFree(port, port)).isNotEqualTo(port);
    }
  }
}
