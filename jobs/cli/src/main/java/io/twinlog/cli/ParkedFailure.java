// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.schemas.Parked;
import io.twinlog.schemas.Reason;
import java.time.Instant;
import java.util.List;

/**
 * One failed attempt to work off the first that waits of a key.
 *
 * @param type of the input; empty: a deadline of the key has failed
 * @param attempt how often the same had failed then, this time included
 */
record ParkedFailure(Instant at, int attempt, String type, long offset, List<Reason> reasons) {
  static ParkedFailure of(Parked told) {
    return new ParkedFailure(
        told.getAt(), told.getAttempts(), told.getType(), told.getOffset(), told.getReasons());
  }

  /** Code, path and message of the first reason; empty: none was given. */
  String text() {
    if (reasons.isEmpty()) {
      return "";
    }
    Reason first = reasons.get(0);
    String where = first.getPath().isEmpty() ? "" : " at " + first.getPath();
    return first.getCode() + where + ": " + first.getMessage();
  }

  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", Letter.instant(at.toEpochMilli()))
            .put("attempt", attempt)
            .put("type", type);
    if (offset < 0) {
      json.putNull("offset");
    } else {
      json.put("offset", offset);
    }
    ArrayNode list = json.putArray("reasons");
    for (Reason reason : reasons) {
      list.addObject()
          .put("code", reason.getCode())
          .put("path", reason.getPath())
          .put("message", reason.getMessage());
    }
    return json;
  }
}
