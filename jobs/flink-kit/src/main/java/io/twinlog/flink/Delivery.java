// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

/** How often a reader may see an output: see docs/decisions/0003 and 0015. */
public enum Delivery {
  /** At least once, each with its origin, so that readers drop repeats. */
  EFFECTIVELY_ONCE("effectively-once"),
  /** In Kafka's transactions: once, for readers of committed records. Experimental. */
  EXACTLY_ONCE("exactly-once");

  private final String text;

  Delivery(String text) {
    this.text = text;
  }

  /** As it is written in settings. */
  @Override
  public String toString() {
    return text;
  }
}
