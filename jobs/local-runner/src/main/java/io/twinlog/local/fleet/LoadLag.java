// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import io.twinlog.wire.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** Records that router and device job have before them, at one moment; empty: no such job reads. */
record LoadLag(OptionalLong router, OptionalLong device) {
  static final LoadLag UNKNOWN = new LoadLag(OptionalLong.empty(), OptionalLong.empty());

  private static final String ROUTER = "router";
  private static final String DEVICE = "device";

  static LoadLag of(LogEnds ends) {
    return new LoadLag(
        ends.before(ROUTER, sources(ends)), ends.before(DEVICE, ends.ends(Topic.EVENTS_DOMAIN)));
  }

  static Map<TopicPartition, Long> sources(LogEnds ends) {
    Map<TopicPartition, Long> sources = new HashMap<>();
    Topic.SOURCES.forEach(topic -> sources.putAll(ends.ends(topic)));
    return sources;
  }

  static boolean routerIsPast(LogEnds ends, Map<TopicPartition, Long> mark) {
    return ends.before(ROUTER, mark).orElse(1) == 0;
  }

  static boolean deviceIsPast(LogEnds ends, Map<TopicPartition, Long> mark) {
    return ends.before(DEVICE, mark).orElse(1) == 0;
  }

  /** For people: a number, or a dash. */
  static String text(OptionalLong lag) {
    return lag.isPresent() ? "%,d".formatted(lag.getAsLong()) : "-";
  }
}
