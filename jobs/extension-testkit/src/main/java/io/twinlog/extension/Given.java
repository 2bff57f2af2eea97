// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import java.util.Map;

/**
 * Where a test of an extension begins: {@code given(event("factory.setpoint").payload("{…}"))
 * .when(new Setpoints()).thenEmits(…)}. What does not hold is an {@link AssertionError} that says
 * what was expected and what there was.
 */
public final class Given {
  private Given() {}

  /** An event that a producer sends. */
  public static GivenEvent given(EventExample event) {
    return new GivenEvent(event);
  }

  /** A value that telemetry checks. */
  public static GivenSample given(SampleExample sample) {
    return new GivenSample(sample);
  }

  /** A document of rules. */
  public static GivenRules given(RulesExample rules) {
    return new GivenRules(rules);
  }

  /** Settings that a rule hands to a quality check. */
  public static GivenSettings given(Map<String, String> settings) {
    return new GivenSettings(settings);
  }

  /** An example of an event, to be given or expected. */
  public static EventExample event(String eventType) {
    return EventExample.of(eventType);
  }

  /** A number of a metric. */
  public static SampleExample sample(String metric, double value) {
    return SampleExample.of(metric, Values.scalar(value));
  }

  /** A text of a metric. */
  public static SampleExample sample(String metric, String value) {
    return SampleExample.of(metric, Values.scalar(value));
  }

  /** A truth value of a metric. */
  public static SampleExample sample(String metric, boolean value) {
    return SampleExample.of(metric, Values.scalar(value));
  }

  /** A document in YAML or JSON. */
  public static RulesExample rules(String document) {
    return new RulesExample(document);
  }
}
