// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.telemetry.TelemetryCommand.Processed;
import io.twinlog.domain.telemetry.TelemetryFact.Accepted;
import io.twinlog.domain.telemetry.TelemetryFact.Triggered;
import java.util.ArrayList;
import java.util.List;

/** Which records wait for a result, and what a result does to its record. It judges nothing. */
final class Results {
  private final QualityRules.Keeping keeping;
  private final int bytesMax;
  private final RecordForm form;
  private final Consequences consequences;

  Results(QualityRules rules, TelemetryLimits limits, RecordForm form, Consequences consequences) {
    this.keeping = rules.keeping();
    this.bytesMax = limits.keptBytesMax();
    this.form = form;
    this.consequences = consequences;
  }

  /** With a record that was accepted. */
  Kept awaited(Kept kept, byte[] packed, Moment now) {
    return kept.with(
        now.clock(), packed, clock -> isTooOld(clock, now), keeping.recordsMax(), bytesMax);
  }

  private boolean isTooOld(long clock, Moment now) {
    return now.clock() - clock > keeping.forMillis();
  }

  Decision<TelemetryStep> processed(TelemetryVitals vitals, Processed processed, Moment now) {
    String dataId = processed.dataId();
    Kept kept = vitals.kept();
    int at = kept.find(packed -> form.isOf(dataId, packed));
    if (at < 0 || isTooOld(kept.clock(at), now)) {
      return Decision.refused("unknown_data_id", "data.payload.data_id", unknown(dataId));
    }
    ScoredRecord record = form.unpack(kept.packed(at));
    Consequences.Triggers triggers = consequences.triggers(record, processed);
    ScoredRecord after =
        record
            .processed(processed.result().text(), processed.processedAt())
            .flagged(triggers.flags());
    byte[] packed = form.pack(after);
    List<TelemetryFact> facts = new ArrayList<>();
    facts.add(new Accepted(after, packed));
    triggers
        .fired()
        .forEach(trigger -> facts.add(new Triggered(trigger.name(), trigger.action(), after)));
    TelemetryVitals next = vitals.with(kept.replaced(at, packed, bytesMax));
    return Decision.accepted(List.of(new TelemetryStep(next, facts)));
  }

  private String unknown(String dataId) {
    return "%s is none of the records that wait for a result: the last %d of %d ms are kept (quality.results)"
        .formatted(dataId, keeping.recordsMax(), keeping.forMillis());
  }
}
