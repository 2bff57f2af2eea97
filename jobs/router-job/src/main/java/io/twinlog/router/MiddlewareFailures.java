// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.Thrown;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what the users' middleware throws, and shows the first of each. What becomes of the event
 * is not decided here.
 */
final class MiddlewareFailures implements BiConsumer<String, Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(MiddlewareFailures.class);

  private final MetricGroup group;
  private final Map<String, Counter> counters = new HashMap<>();

  MiddlewareFailures(MetricGroup group) {
    this.group = group;
  }

  @Override
  public void accept(String name, Throwable why) {
    Counter counter =
        counters.computeIfAbsent(
            name, of -> group.addGroup("middleware", of).counter("twinlog_middleware_failures"));
    counter.inc();
    if (counter.getCount() == 1) {
      // What it says itself, a logger would have to ask of it: which may throw in its turn.
      LOG.warn(
          "middleware {} failed: {}, at {}; later failures are counted",
          name,
          Thrown.text(why),
          Arrays.toString(why.getStackTrace()));
    }
  }
}
