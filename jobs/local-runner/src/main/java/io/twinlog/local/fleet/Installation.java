// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinlog.client.ClientSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the Twinlog that a load is for, as the operator's command does: by option, by variable, by
 * the ready file of the local run. It connects to nothing.
 */
final class Installation {
  private static final String BOOTSTRAP_VARIABLE = "TWINLOG_BOOTSTRAP";
  private static final String HOME_VARIABLE = "TWINLOG_HOME";
  private static final Path READY_FILE = Path.of("deploy", "local", ".run", "current.json");

  private Installation() {}

  /**
   * Where it is, and its prefix.
   *
   * @throws LoadFailure when nothing says where
   */
  static ClientSettings find(
      Optional<String> bootstrap, Optional<String> prefix, Map<String, String> variables) {
    Optional<String> given =
        bootstrap
            .or(() -> Optional.ofNullable(variables.get(BOOTSTRAP_VARIABLE)))
            .filter(text -> !text.isBlank());
    if (given.isPresent()) {
      return ClientSettings.at(given.get())
          .withPrefix(prefix.orElse(ClientSettings.DEFAULT_PREFIX));
    }
    JsonNode ready = readyFile(variables);
    return ClientSettings.at(ready.path("bootstrap").asText())
        .withPrefix(prefix.orElse(ready.path("prefix").asText(ClientSettings.DEFAULT_PREFIX)));
  }

  private static JsonNode readyFile(Map<String, String> variables) {
    String home = variables.getOrDefault(HOME_VARIABLE, "");
    Path file = Path.of(home).resolve(READY_FILE);
    if (home.isBlank() || !Files.exists(file)) {
      throw new LoadFailure(
          LoadFailure.FAILED,
          "no local run is up: start deploy/local/run.sh, or give --bootstrap HOST:PORT");
    }
    try {
      JsonNode ready = new ObjectMapper().readTree(file.toFile());
      if (ready.path("bootstrap").asText().isEmpty()) {
        throw new LoadFailure(LoadFailure.FAILED, "the ready file " + file + " names no bootstrap");
      }
      return ready;
    } catch (IOException e) {
      throw new LoadFailure(
          LoadFailure.FAILED, "the ready file %s cannot be read: %s".formatted(file, e));
    }
  }
}
