// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.telemetry.MetricRules;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is set about a metric in one layer of the rules, and where.
 *
 * @param spots of the checks by name; none of those that are not of this document
 */
record Layer(MetricRules rules, Map<String, Spot> spots) {
  static final Layer NONE = new Layer(MetricRules.NONE, Map.of());

  Layer {
    spots = new TreeMap<>(spots);
  }

  static Layer given(MetricRules rules) {
    return new Layer(rules, Map.of());
  }
}
