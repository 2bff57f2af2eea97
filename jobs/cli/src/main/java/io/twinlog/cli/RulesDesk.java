// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.client.ClientSettings;
import io.twinlog.rules.log.RuleLog;
import io.twinlog.rules.log.RuleLogSettings;
import io.twinlog.schemas.PublishedRules;
import io.twinlog.wire.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.errors.TimeoutException;

/** What commands about rules share: where the rules are, and how one set is named. */
final class RulesDesk {
  /** Names the set that the last ticks carry. */
  static final String IN_FORCE = "in-force";

  private final Connection connection;

  private RulesDesk(Connection connection) {
    this.connection = connection;
  }

  /** Opens it where the topics of rules and ticks exist. */
  static RulesDesk open(Twinlog twinlog) {
    Connection connection = twinlog.connection();
    Broker.require(connection, Topic.RULES, Topic.INGRESS);
    return new RulesDesk(connection);
  }

  RuleLogSettings settings() {
    ClientSettings client = connection.settings();
    Map<String, String> kafka = new HashMap<>(client.kafka());
    kafka.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, client.bootstrap());
    return RuleLogSettings.of(kafka, client.prefix());
  }

  /** Reads the log, to the end that it has now. */
  <T> T read(Function<RuleLog, T> reader) {
    try (RuleLog log = RuleLog.open(settings())) {
      log.readToEnd();
      return reader.apply(log);
    } catch (TimeoutException e) {
      throw noAnswer(e);
    }
  }

  /** What the ticks of ingress carry. */
  RulesTicks ticks() {
    return RulesTicks.open(connection);
  }

  /**
   * The set that {@link #isPublished names} one.
   *
   * @throws CommandFailure when there is none
   */
  PublishedRules find(String name) {
    long version = name.equals(IN_FORCE) ? inForce() : Long.parseLong(name);
    return read(log -> find(log, version));
  }

  static PublishedRules find(RuleLog log, long version) {
    return log.get(version)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.FAILED,
                    log.unsound().containsKey(version)
                        ? "version %d of the rules is unsound: %s"
                            .formatted(version, log.unsound().get(version))
                        : "there is no version %d of the rules; the highest is %d"
                            .formatted(version, log.highest())));
  }

  private long inForce() {
    try (RulesTicks ticks = ticks()) {
      long version = ticks.highest();
      if (version == 0) {
        throw new CommandFailure(
            ExitCode.FAILED, "no published rules are in force: the settings of the jobs hold");
      }
      return version;
    } catch (TimeoutException e) {
      throw noAnswer(e);
    }
  }

  /** Whether a name is that of a published set, and not of a file. */
  static boolean isPublished(String name) {
    return name.equals(IN_FORCE) || name.matches("[0-9]{1,10}");
  }

  CommandFailure noAnswer(TimeoutException failure) {
    return Broker.noAnswer(connection, failure.getMessage(), failure);
  }
}
