// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.client.ClientSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Which installation a command speaks to, and how it was found. It finds; it does not connect.
 *
 * @param settings where the brokers are, the prefix, properties of Kafka's clients
 * @param localRun the local run that it was found by, if it was
 */
record Connection(ClientSettings settings, Optional<LocalRun> localRun) {
  static final String BOOTSTRAP_VARIABLE = "TWINLOG_BOOTSTRAP";

  private static final String BOOTSTRAP = "bootstrap";
  private static final String KAFKA_BOOTSTRAP = "bootstrap.servers";
  private static final String PREFIX = "prefix";
  private static final String DELIVERY_TIMEOUT = "delivery.timeout.ms";
  private static final Pattern ADDRESSES =
      Pattern.compile(
          "(\\[[0-9a-fA-F:.]+]|[^\\s,:/\\[\\]]+):\\d{1,5}(,(\\[[0-9a-fA-F:.]+]|[^\\s,:/\\[\\]]+):\\d{1,5})*");

  /**
   * Finds the installation: by the option, else the file, else the variable, else the local run.
   *
   * @throws CommandFailure when there is none, or what is said of it cannot be
   */
  static Connection find(
      Optional<String> bootstrap,
      Optional<String> prefix,
      Optional<Path> config,
      Map<String, String> variables) {
    Map<String, String> file = config.map(Connection::read).orElseGet(HashMap::new);
    Optional<String> fromFile =
        Optional.ofNullable(file.remove(BOOTSTRAP))
            .or(() -> Optional.ofNullable(file.get(KAFKA_BOOTSTRAP)));
    file.remove(KAFKA_BOOTSTRAP);
    Optional<String> given =
        bootstrap
            .or(() -> fromFile)
            .or(() -> Optional.ofNullable(variables.get(BOOTSTRAP_VARIABLE)))
            .filter(text -> !text.isBlank());
    Optional<LocalRun> localRun =
        given.isPresent() ? Optional.empty() : Optional.of(LocalRun.find(variables));
    String addresses = given.or(() -> localRun.map(LocalRun::bootstrap)).orElseThrow();
    Optional<String> filePrefix = Optional.ofNullable(file.remove(PREFIX));
    String chosenPrefix =
        prefix
            .or(() -> filePrefix)
            .or(() -> localRun.map(LocalRun::prefix))
            .orElse(ClientSettings.DEFAULT_PREFIX);
    return new Connection(settings(addresses, chosenPrefix, file), localRun);
  }

  private static ClientSettings settings(
      String addresses, String prefix, Map<String, String> kafka) {
    if (!ADDRESSES.matcher(addresses).matches()) {
      throw new CommandFailure(
          ExitCode.USAGE, "bootstrap is HOST:PORT, comma-separated, not '" + addresses + "'");
    }
    Duration deliveryTimeout =
        Optional.ofNullable(kafka.remove(DELIVERY_TIMEOUT))
            .map(Connection::millis)
            .orElse(ClientSettings.DEFAULT_DELIVERY_TIMEOUT);
    try {
      return new ClientSettings(addresses, prefix, deliveryTimeout, kafka);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private static Duration millis(String text) {
    try {
      return Duration.ofMillis(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      throw new CommandFailure(
          ExitCode.USAGE, DELIVERY_TIMEOUT + " is a number of milliseconds, not '" + text + "'", e);
    }
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (BufferedReader text = Files.newBufferedReader(file)) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException e) {
      // The second: an escape in the file is malformed.
      throw new CommandFailure(
          ExitCode.USAGE,
          "cannot read " + file + ": " + (Files.exists(file) ? e.getMessage() : "no such file"),
          e);
    }
    Map<String, String> values = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }
}
