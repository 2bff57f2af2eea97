// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.wire.DeadLetterReason;
import java.util.List;

/** A part of a record that is read as a document of its own. */
enum Part {
  EVENT("", DeadLetterReason.MALFORMED, List.of("data", "payload")),
  COMMAND("", DeadLetterReason.MALFORMED, List.of("data")),
  CLOUD_EVENT("", DeadLetterReason.MALFORMED, List.of("data")),
  EVENT_PAYLOAD("data.payload", DeadLetterReason.INVALID_PAYLOAD, List.of()),
  COMMAND_DATA("data", DeadLetterReason.INVALID_PAYLOAD, List.of());

  /** Where it stands in the record, dotted. */
  final String path;

  /** What the record is when this part cannot be read. */
  final DeadLetterReason unreadable;

  /** Names that lead to the value inside it whose bytes are kept; none: nothing is kept. */
  final List<String> kept;

  Part(String path, DeadLetterReason unreadable, List<String> kept) {
    this.path = path;
    this.unreadable = unreadable;
    this.kept = kept;
  }

  /** Path of a value inside this part. */
  String path(String inside) {
    return path.isEmpty() || inside.isEmpty() ? path + inside : path + '.' + inside;
  }
}
