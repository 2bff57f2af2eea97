// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * One Flink job of Twinlog: its name, what can be set, and how it is laid out. Production, the
 * local run, a replay and the tests all start it from here.
 */
public interface Job {
  /** Name of the job, of its consumer group, and of its outputs' writer: {@code device}. */
  String name();

  /** Everything that can be set beside {@link KafkaOptions}; other keys are refused. */
  List<ConfigOption<?>> options();

  /**
   * Checks its topics and lays the job out in the environment, with real sources and sinks.
   *
   * @throws SettingsException when a setting, or a topic that it needs, is not as it must be
   */
  void define(StreamExecutionEnvironment environment, ReadableConfig settings);
}
