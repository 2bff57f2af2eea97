// SPDX-License-Identifier: Apache-2.0
package io.twinlog.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.rules.log.RuleLogSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class RulesWatchTest {
  @Test
  void keepsTheVersionWhereTheTopicCannotBeRead() {
    RuleLogSettings nobody = RuleLogSettings.of(Map.of("bootstrap.servers", "127.0.0.1:1"), "x.");

    try (RulesWatch watch =
        RulesWatch.open(nobody, 3, new UnregisteredMetricsGroup(), Duration.ofMillis(50))) {
      watch.look();

      assertThat(watch.version()).isEqualTo(3);
    }
  }
}
