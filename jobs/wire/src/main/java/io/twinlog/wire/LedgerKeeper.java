// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.util.List;

/** The jobs that keep a ledger, and what each must account for. */
public enum LedgerKeeper {
  ROUTER("router", Topic.SOURCES),
  DEVICE("device", List.of(Topic.EVENTS_DOMAIN)),
  TELEMETRY("telemetry", List.of(Topic.EVENTS_DOMAIN)),
  SERVICE("service", List.of(Topic.EVENTS_SYSTEM)),
  ESCALATION("escalation", List.of(Topic.EVENTS_ERROR));

  private final String job;
  private final List<Topic> reads;

  LedgerKeeper(String job, List<Topic> reads) {
    this.job = job;
    this.reads = reads;
  }

  /** Name of the job. */
  public String job() {
    return job;
  }

  /** The topics, all of whose records must have an outcome. */
  public List<Topic> reads() {
    return reads;
  }
}
