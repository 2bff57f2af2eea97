// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.schemas.Ledger;
import io.twinlog.wire.json.AvroJson;
import java.util.Comparator;
import java.util.List;

/**
 * A window of offsets of a partition, as the newest record of the topic {@code ledger} tells it.
 *
 * @param standing checkpoints since the residue last changed, by the record or by those before it
 */
record LedgerWindow(Ledger told, int standing) {
  /** Job, topic, partition, then the windows in their order. */
  static final Comparator<LedgerWindow> ORDER =
      Comparator.comparing(LedgerWindow::job)
          .thenComparing(LedgerWindow::topic)
          .thenComparingInt(window -> window.told.getPartition())
          .thenComparingLong(window -> window.told.getWindowStart());

  /** What was on its way at one checkpoint has arrived at the next; one more, to be sure. */
  private static final int STANDS = 2;

  /** The next record of a window; null before: it is the first. */
  static LedgerWindow after(LedgerWindow before, Ledger told) {
    boolean same = before != null && before.told.getResidue() == told.getResidue();
    return new LedgerWindow(told, Math.max(told.getStanding(), same ? before.standing + 1 : 0));
  }

  String job() {
    return told.getJob();
  }

  /** As on the broker. */
  String topic() {
    return told.getTopic();
  }

  boolean hasResidue() {
    return told.getResidue() != 0;
  }

  /** Whether something of it has no outcome, and none is to come. */
  boolean isResidue() {
    return hasResidue() && standing >= STANDS;
  }

  /** Whether a checkpoint to come decides. */
  boolean isOnItsWay() {
    return hasResidue() && standing < STANDS;
  }

  /** {@code device events.domain 3 [10000, 20000)}, for people. */
  String text(String prefix) {
    return String.join(
        " ",
        job(),
        Letter.withoutPrefix(topic(), prefix),
        Integer.toString(told.getPartition()),
        range());
  }

  private String range() {
    return "[" + told.getWindowStart() + ", " + told.getWindowEnd() + ")";
  }

  List<String> row(String prefix) {
    return List.of(
        job(),
        Letter.withoutPrefix(topic(), prefix),
        Integer.toString(told.getPartition()),
        range(),
        Long.toString(told.getRead()),
        Long.toString(told.getApplied()),
        Long.toString(told.getRefused()),
        Long.toString(told.getDuplicate()),
        Long.toString(told.getDeadLettered()),
        Long.toString(told.getParked()),
        Long.toString(told.getDiscarded()),
        Long.toString(told.getResidue()),
        Integer.toString(standing));
  }

  ObjectNode json(String prefix) {
    ObjectNode json = (ObjectNode) AvroJson.of(told);
    return json.put("topic", Letter.withoutPrefix(topic(), prefix))
        .put("standing", standing)
        .put("kind", "window");
  }
}
