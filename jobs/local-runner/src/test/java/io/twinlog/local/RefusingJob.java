// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.flink.Job;
import io.twinlog.flink.SettingsException;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job that finds its topics not as they must be. */
final class RefusingJob implements Job {
  @Override
  public String name() {
    return "one";
  }

  @Override
  public List<ConfigOption<?>> options() {
    return List.of();
  }

  @Override
  public void define(StreamExecutionEnvironment environment, ReadableConfig settings) {
    throw new SettingsException("the topic x has 3 partitions");
  }
}
