// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.flink.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of this machine: finds free ones, refuses taken ones. It holds none of them. */
final class Ports {
  private Ports() {}

  /**
   * The port asked for; for 0 one that is free now.
   *
   * @param option what sets the port, for the message
   * @throws SettingsException when something listens on it
   */
  static int choose(int port, String user, String option) {
    if (port == 0) {
      return anyFree();
    }
    if (!isFree(port)) {
      throw new SettingsException(
          "port %d, wanted for %s, is taken: name another one with %s (0: any free port)"
              .formatted(port, user, option));
    }
    return port;
  }

  /** The first free port from {@code first} to {@code last}, or any other when none is. */
  static int firstFree(int first, int last) {
    for (int port = first; port <= last; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    return anyFree();
  }

  /** Bound on all interfaces, which a listener on any single one forbids. */
  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private static int anyFree() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new SettingsException("no free port is left on this machine: " + e.getMessage(), e);
    }
  }
}
