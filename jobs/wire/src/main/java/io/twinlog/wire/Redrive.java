// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The arguments of the command {@code RedriveDeadLetter}: which letter, which attempt, and where
 * the record was read that the letter holds. The bytes of the record travel beside the command.
 *
 * @param attempt the number of the attempt that this redrive is: 2 for a first redrive
 * @param firstSeen epoch milliseconds of log time; 0: not known
 * @param topic name on the broker
 * @param stage that wrote the letter; empty: not known
 */
public record Redrive(
    LetterId letter,
    int attempt,
    long firstSeen,
    String topic,
    int partition,
    long offset,
    String stage) {
  /** Name of the command. */
  public static final String COMMAND = "RedriveDeadLetter";

  /** Name of the command that decides against it. */
  public static final String DISCARD = "DiscardDeadLetter";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Reads arguments that the catalogue's schema holds for.
   *
   * @throws IllegalArgumentException when it does not
   */
  public static Redrive of(String data) {
    try {
      JsonNode tree = JSON.readTree(data);
      return new Redrive(
          LetterId.parse(tree.path("letter").asText()),
          tree.path("attempt").asInt(),
          tree.path("first_seen").asLong(),
          tree.path("topic").asText(),
          tree.path("partition").asInt(),
          tree.path("offset").asLong(),
          tree.path("stage").asText(""));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  public ObjectNode json() {
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("letter", letter.toString())
            .put("attempt", attempt);
    if (firstSeen != 0) {
      data.put("first_seen", firstSeen);
    }
    data.put("topic", topic).put("partition", partition).put("offset", offset);
    return stage.isEmpty() ? data : data.put("stage", stage);
  }
}
