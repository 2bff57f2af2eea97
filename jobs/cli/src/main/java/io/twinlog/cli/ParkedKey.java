// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.schemas.Parked;
import io.twinlog.wire.LetterId;
import io.twinlog.wire.ParkingCommand;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A key that waits, as the changes in the topic {@code parked} tell it, each taken once and in
 * order. It decides nothing: what the job did is what it says.
 */
final class ParkedKey {
  private static final int HASH_BYTES = 16;

  private final String key;
  private final String job;
  private final Instant since;
  private final Map<String, ParkedInput> waiting = new LinkedHashMap<>();
  private final List<ParkedFailure> failures = new ArrayList<>();
  private boolean free;
  private int attempts;
  private Optional<Long> retryClock = Optional.empty();
  private LetterId lastChange;

  ParkedKey(Parked first) {
    key = first.getKey();
    job = first.getJob();
    since = first.getAt();
  }

  /**
   * Takes the next change.
   *
   * @param place where the change stands in the topic
   * @param value of the input, where it is to be kept; or null
   */
  void take(Parked told, LetterId place, byte[] value) {
    lastChange = place;
    switch (told.getChange()) {
      case HELD -> waits(told, value);
      case FAILED -> {
        waiting.putIfAbsent(ParkedInput.name(told), ParkedInput.of(told, null));
        failed(told);
      }
      case RELEASED, DISCARDED -> {
        waiting.remove(ParkedInput.name(told));
        // What was worked off, or given up, came first: so no deadline before it holds the key.
        free = waiting.isEmpty();
      }
      case UNKNOWN -> throw new IllegalArgumentException("a change of a later release");
    }
  }

  private void waits(Parked told, byte[] value) {
    if (!ParkedInput.isDeadline(told)) {
      waiting.put(ParkedInput.name(told), ParkedInput.of(told, value));
    }
    if (told.getReasons().isEmpty()) {
      attempted(told);
    } else {
      failed(told);
    }
  }

  private void failed(Parked told) {
    failures.add(ParkedFailure.of(told));
    attempted(told);
  }

  private void attempted(Parked told) {
    attempts = told.getAttempts();
    retryClock = Optional.ofNullable(told.getRetryClock());
  }

  /** Whether nothing of it waits any more. */
  boolean isFree() {
    return free;
  }

  String key() {
    return key;
  }

  String job() {
    return job;
  }

  /** Log time of the failure with which it began. */
  Instant since() {
    return since;
  }

  /** How often the first that waits has failed; 0: not yet. */
  int attempts() {
    return attempts;
  }

  /** Clock of the next attempt; empty: only on command. */
  Optional<Long> retryClock() {
    return retryClock;
  }

  /** The inputs in the order in which they are worked off; none: only a deadline has failed. */
  Collection<ParkedInput> waiting() {
    return waiting.values();
  }

  /** The input that waits first, as {@link ParkingCommand#place}; empty: none does. */
  Optional<String> first() {
    return waiting.values().stream()
        .findFirst()
        .map(input -> ParkingCommand.place(input.partition(), input.offset()));
  }

  /** Every failed attempt since it waits, the first one first. */
  List<ParkedFailure> failures() {
    return failures;
  }

  /** The failure that holds the key now. */
  Optional<ParkedFailure> failure() {
    return failures.isEmpty() ? Optional.empty() : Optional.of(failures.get(failures.size() - 1));
  }

  /**
   * Id of a command to the key as it is now. As long as nothing changes the same order is the same
   * command, and is carried out once; after an attempt it is another one.
   */
  String orderId(String order) {
    String state = String.join("\n", job, key, Integer.toString(attempts), lastChange.toString());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8));
      return order + '/' + HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("key", key)
            .put("job", job)
            .put("waiting", waiting.size())
            .put("since", Letter.instant(since.toEpochMilli()))
            .put("attempts", attempts);
    retryClock.ifPresentOrElse(
        clock -> json.put("retry_clock", clock), () -> json.putNull("retry_clock"));
    return json.put("type", failure().map(ParkedFailure::type).orElse(""))
        .put("failure", failure().map(ParkedFailure::text).orElse(""));
  }
}
