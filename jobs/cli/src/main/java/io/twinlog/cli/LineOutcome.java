// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.twinlog.client.PublishResult;
import java.util.Optional;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What became of one line of {@code send}. Each line that is not blank has exactly one. */
sealed interface LineOutcome {
  long line();

  /** Id of the event, as far as one could be read. */
  Optional<String> id();

  /** A broker has it. */
  record Published(long line, Optional<String> id, int partition, long offset)
      implements LineOutcome {}

  /** It breaks a rule of ingress, and was not sent. */
  record Invalid(long line, Optional<String> id, String error) implements LineOutcome {}

  /**
   * It could not be delivered.
   *
   * @param others whether the cause is not the line itself, so that others would fail as well
   */
  record Failed(long line, Optional<String> id, String error, boolean others)
      implements LineOutcome {}

  static LineOutcome of(long line, Optional<String> id, PublishResult result) {
    if (result instanceof PublishResult.Published published) {
      return new Published(line, id, published.partition(), published.offset());
    }
    boolean itself =
        result instanceof PublishResult.Failed failed
            && failed.cause() instanceof RecordTooLargeException;
    return new Failed(line, id, result.complaint().orElseThrow(), !itself);
  }

  /** The object that {@code --results} prints. */
  default ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("line", line());
    json.set("id", id().map(TextNode::valueOf).orElse(null));
    if (this instanceof Published published) {
      return json.put("status", "published")
          .put("partition", published.partition)
          .put("offset", published.offset)
          .putNull("error");
    }
    String status = this instanceof Invalid ? "invalid" : "failed";
    return json.put("status", status)
        .putNull("partition")
        .putNull("offset")
        .put("error", complaint().orElseThrow());
  }

  /** What was wrong with it, unless it was published. */
  default Optional<String> complaint() {
    if (this instanceof Invalid invalid) {
      return Optional.of(invalid.error);
    }
    return this instanceof Failed failed ? Optional.of(failed.error) : Optional.empty();
  }
}
