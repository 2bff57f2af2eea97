// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What is set about a metric, in one layer of the rules or over all of them.
 *
 * @param checks in the order of their names
 * @param weight of the metric in the score of its record; {@link #INHERITED}: as a wider layer says
 */
public record MetricRules(List<Check> checks, double weight) {
  /** The weight is that of a wider layer; 1 where none says any. */
  public static final double INHERITED = -1;

  public static final MetricRules NONE = new MetricRules(List.of(), INHERITED);

  public MetricRules {
    checks = List.copyOf(checks);
  }

  /** This layer with a closer one over it. */
  public MetricRules under(MetricRules closer) {
    TreeMap<String, Check> byName = new TreeMap<>();
    checks.forEach(check -> byName.put(check.name(), check));
    closer.checks.forEach(check -> byName.put(check.name(), check));
    return new MetricRules(
        new ArrayList<>(byName.values()), closer.weight == INHERITED ? weight : closer.weight);
  }

  /** What holds when all layers are laid over one another. */
  MetricRules settled() {
    return new MetricRules(
        checks.stream().filter(check -> !(check instanceof Check.Off)).toList(),
        weight == INHERITED ? 1 : weight);
  }
}
