// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.wire.Topic;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks the brokers what there is, and gives up after ten seconds with one clear line. It changes
 * nothing.
 */
final class Broker implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Connection connection;
  private final Admin admin;

  /**
   * Opens a connection in the background.
   *
   * @throws CommandFailure when no address can be resolved, or a property makes no sense to Kafka
   */
  Broker(Connection connection) {
    this.connection = connection;
    try {
      admin = Admin.create(connection.settings().adminProperties(PATIENCE));
    } catch (KafkaException e) {
      Throwable cause = Failures.root(e);
      boolean unresolved = String.valueOf(cause.getMessage()).contains("No resolvable");
      throw unresolved
          ? silent("the name cannot be resolved", e)
          : new CommandFailure(
              cause instanceof ConfigException ? ExitCode.USAGE : ExitCode.FAILED,
              cause.getMessage(),
              e);
    }
  }

  /**
   * Fails unless the topics exist. Asked before anything is sent, since a broker may create them.
   */
  static void require(Connection connection, Topic... topics) {
    try (Broker broker = new Broker(connection)) {
      Set<String> existing = broker.topics();
      for (Topic topic : topics) {
        broker.require(existing, topic.in(connection.settings().prefix()));
      }
    }
  }

  void require(Set<String> existing, String topic) {
    if (!existing.contains(topic)) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "topic "
              + topic
              + " does not exist at "
              + connection.settings().bootstrap()
              + ": have the jobs been started? is the --prefix right?");
    }
  }

  Admin admin() {
    return admin;
  }

  /** Full names of all topics. */
  Set<String> topics() {
    return answer(admin.listTopics().names());
  }

  /**
   * Waits for an answer.
   *
   * @throws CommandFailure when none comes, or it is an error
   */
  <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw silent("waited " + DurationText.of(PATIENCE), e);
      }
      throw new CommandFailure(
          ExitCode.FAILED, connection.settings().bootstrap() + ": " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    }
  }

  private CommandFailure silent(String why, Throwable cause) {
    return noAnswer(connection, why, cause);
  }

  /** What every command says when nobody answers. */
  static CommandFailure noAnswer(Connection connection, String why, Throwable cause) {
    boolean leftOver = connection.localRun().map(run -> !run.running()).orElse(false);
    return new CommandFailure(
        ExitCode.NO_ANSWER,
        "no broker answers at "
            + connection.settings().bootstrap()
            + " ("
            + why
            + ")"
            + (leftOver ? ": the local run has ended; start deploy/local/run.sh" : ""),
        cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
