// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.client.ClientSettings;
import io.twinlog.wire.json.ExactJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The local run that {@code deploy/local/run.sh} started, as its ready file tells. The file may
 * outlive the run; {@link #running} says whether its process is there.
 *
 * @param pid 0 where the file does not say
 */
record LocalRun(String bootstrap, String prefix, long pid) {
  /** Set by the launch script: the root of the repository. */
  static final String HOME_VARIABLE = "TWINLOG_HOME";

  private static final Path READY_FILE = Path.of("deploy", "local", ".run", "current.json");

  /**
   * Reads the ready file.
   *
   * @throws CommandFailure when there is none, or it is not one
   */
  static LocalRun find(Map<String, String> variables) {
    String home = variables.getOrDefault(HOME_VARIABLE, "");
    Path file = Path.of(home).resolve(READY_FILE);
    if (home.isBlank() || !Files.exists(file)) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "no local run is up: start deploy/local/run.sh, or give --bootstrap HOST:PORT");
    }
    try {
      JsonNode ready = ExactJson.read(Files.readString(file));
      String bootstrap = ready.path("bootstrap").asText();
      if (bootstrap.isEmpty()) {
        throw new IllegalArgumentException("it names no 'bootstrap'");
      }
      return new LocalRun(
          bootstrap,
          ready.path("prefix").asText(ClientSettings.DEFAULT_PREFIX),
          ready.path("pid").asLong());
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "the ready file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  boolean running() {
    return pid == 0 || ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
