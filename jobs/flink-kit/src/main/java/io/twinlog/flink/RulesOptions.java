// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Settings of every job that decides by published rules. The rules themselves are no settings. */
public final class RulesOptions {
  public static final ConfigOption<Duration> WAIT =
      ConfigOptions.key("rules.wait")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "How long the job waits for a version of the rules that is in force and not in the topic of rules."
                  + " Then it ends, without a restart.");

  public static final List<ConfigOption<?>> ALL = List.of(WAIT);

  private RulesOptions() {}
}
