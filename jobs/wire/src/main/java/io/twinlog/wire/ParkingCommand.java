// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.schemas.Command;
import java.util.Arrays;
import java.util.Set;

/**
 * A command to a key that is parked, whatever its aggregate: work off what waits, or give some of
 * it up first.
 *
 * @param job whose key it is; of an inbox that two jobs read, each has keys of its own
 * @param discards inputs to give up, the first ones first; {@link Integer#MAX_VALUE}: all
 * @param first {@link #place} of the input that must be the first one for that; empty: any
 */
public record ParkingCommand(
    String id, String name, String correlationId, String job, int discards, String first) {
  public static final String REDRIVE = "RedriveParked";
  public static final String DISCARD = "DiscardParked";

  private static final String DEFAULT_JOB = "device";
  private static final Set<String> NAMES = Set.of(REDRIVE, DISCARD);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Whether a command of this name is one. */
  public static boolean isOne(String name) {
    return NAMES.contains(name);
  }

  /**
   * Reads it; its shape was checked by the router.
   *
   * @throws IllegalArgumentException when it is no command to a parked key
   */
  public static ParkingCommand of(Command command) {
    if (!isOne(command.getCommand())) {
      throw new IllegalArgumentException(command.getCommand() + " is none of " + NAMES);
    }
    String correlation = command.getMetadata().getCorrelationId();
    JsonNode arguments = arguments(command.getData());
    return new ParkingCommand(
        command.getId(),
        command.getCommand(),
        correlation == null ? command.getId() : correlation,
        arguments.path("job").asText(DEFAULT_JOB),
        command.getCommand().equals(REDRIVE) ? 0 : discards(arguments),
        arguments.path("first").asText(""));
  }

  /** Where the job reads whose key it is. */
  public Topic inbox() {
    return Arrays.stream(LedgerKeeper.values())
        .filter(keeper -> keeper.job().equals(job))
        .map(keeper -> keeper.reads().get(0))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no job " + job));
  }

  /** How an input is named: where it stands in its inbox. */
  public static String place(int partition, long offset) {
    return partition + "/" + offset;
  }

  private static JsonNode arguments(String data) {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the arguments are no JSON: " + e.getMessage(), e);
    }
  }

  private static int discards(JsonNode arguments) {
    return arguments.path("all").asBoolean(false)
        ? Integer.MAX_VALUE
        : arguments.path("records").asInt(1);
  }
}
