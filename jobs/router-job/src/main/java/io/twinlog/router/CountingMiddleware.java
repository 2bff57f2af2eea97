// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.routing.Category;
import io.twinlog.wire.middleware.EventMiddleware;
import io.twinlog.wire.middleware.MiddlewareContext;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts events by category and by how they left. */
final class CountingMiddleware implements EventMiddleware {
  private final Map<Category, Map<Outcome, Counter>> counters = new EnumMap<>(Category.class);

  CountingMiddleware(MetricGroup group) {
    for (Category category : Category.values()) {
      Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        outcomes.put(
            outcome,
            group
                .addGroup("category", category.name().toLowerCase(Locale.ROOT))
                .addGroup("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .counter("twinlog_events"));
      }
      counters.put(category, outcomes);
    }
  }

  @Override
  public Optional<String> before(MiddlewareContext context) {
    return Optional.empty();
  }

  @Override
  public void after(MiddlewareContext context, Outcome outcome) {
    counters.get(context.category()).get(outcome).inc();
  }
}
