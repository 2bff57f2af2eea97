// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinlog.domain.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A dead letter as its headers tell of it, for whoever reads them: the other side of {@link
 * DeadLetterHeaders}. What is missing or unreadable has the value that stands for "not known"; key
 * and value are not looked at.
 *
 * @param origin as text, the name that repeats of the letter share; empty: no job wrote it
 * @param wall epoch milliseconds of log time at which it was written; 0: not known
 * @param reason as in the header; empty: it is no dead letter of ours
 * @param firstSeen epoch milliseconds of log time; 0: not known
 * @param previous the letter that this one was redriven from
 * @param place topic, partition and offset of the record that it holds
 * @param leftOut what did not fit into it; empty: nothing
 */
public record DeadLetter(
    String origin,
    long wall,
    String reason,
    String stage,
    List<Reason> errors,
    int attempt,
    long firstSeen,
    Optional<LetterId> previous,
    Place place,
    String leftOut) {

  /** Where the record was read; topic as on the broker; empty: not known. */
  public record Place(String topic, int partition, long offset) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int HASH_BYTES = 16;
  private static final long ATTEMPT_MAX = 1_000_000;

  public static DeadLetter of(List<Header> headers) {
    return new DeadLetter(
        text(headers, HeaderNames.ORIGIN),
        wall(text(headers, HeaderNames.CLOCK)),
        text(headers, DeadLetterHeaders.REASON),
        text(headers, DeadLetterHeaders.STAGE),
        errors(text(headers, DeadLetterHeaders.ERRORS)),
        attempt(number(text(headers, DeadLetterHeaders.ATTEMPT), 1)),
        instant(text(headers, DeadLetterHeaders.FIRST_SEEN)),
        letter(text(headers, DeadLetterHeaders.PREVIOUS)),
        new Place(
            text(headers, DeadLetterHeaders.CONNECT + "topic"),
            (int) number(text(headers, DeadLetterHeaders.CONNECT + "partition"), 0),
            number(text(headers, DeadLetterHeaders.CONNECT + "offset"), 0)),
        text(headers, DeadLetterHeaders.LEFT_OUT));
  }

  private static String text(List<Header> headers, String name) {
    return Header.text(headers, name).orElse("");
  }

  private static long wall(String clock) {
    try {
      return LogClock.parse(clock.getBytes(StandardCharsets.UTF_8)).wall();
    } catch (IllegalArgumentException e) {
      return 0; // not written by a job
    }
  }

  private static long number(String text, long otherwise) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise; // not written by a job
    }
  }

  private static int attempt(long number) {
    return (int) Math.max(1, Math.min(number, ATTEMPT_MAX));
  }

  private static long instant(String text) {
    try {
      return text.isEmpty() ? 0 : Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException e) {
      return 0; // not written by a job
    }
  }

  private static Optional<LetterId> letter(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LetterId.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not written by a job
    }
  }

  private static List<Reason> errors(String json) {
    List<Reason> errors = new ArrayList<>();
    try {
      for (JsonNode error : JSON.readTree(json)) {
        errors.add(
            new Reason(
                error.path("code").asText(),
                error.path("path").asText(),
                error.path("message").asText()));
      }
    } catch (JsonProcessingException e) {
      return List.of(); // not written by a job
    }
    return errors;
  }

  /** Whether a job wrote it, and it holds all of the record: only then it can be tried again. */
  public boolean isWhole() {
    return !reason.isEmpty() && !origin.isEmpty() && !place.topic().isEmpty() && leftOut.isEmpty();
  }

  /** The redrive of the letter at {@code id}. */
  public Redrive redrive(LetterId id) {
    return new Redrive(
        id, attempt + 1, firstSeen, place.topic(), place.partition(), place.offset(), stage);
  }

  /**
   * Id of the command that redrives it: the same whenever it is asked for, for a repeat of the
   * letter too, and another for each attempt.
   */
  public String redriveId() {
    return "redrive/" + hash() + '/' + (attempt + 1);
  }

  /** Id of the command that discards it. */
  public String discardId() {
    return "discard/" + hash();
  }

  private String hash() {
    try {
      byte[] whole =
          MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(whole, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
