// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.twinlog.domain.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a dead letter says in its headers about the record that it holds: the names of Kafka
 * Connect, and {@code dlq.*}. Key and value of a dead letter are the original bytes and are not
 * looked at here.
 *
 * @param topic that the record was read from, as on the broker
 * @param stage of processing that it did not pass: {@code decode}
 * @param reason that was found; where the attempt was the last, the header says so instead
 * @param errors empty where the reason says it all
 * @param attempt at the record, and since when; what is not known of it is left out
 */
public record DeadLetterHeaders(
    String topic,
    int partition,
    long offset,
    String stage,
    DeadLetterReason reason,
    List<Reason> errors,
    Attempt attempt) {
  public static final String REASON = "dlq.reason";
  public static final String ERRORS = "dlq.errors";
  public static final String STAGE = "dlq.stage";
  public static final String ATTEMPT = "dlq.attempt";
  public static final String FIRST_SEEN = "dlq.first-seen";

  /** The {@link LetterId} of the letter that this one was redriven from; only then. */
  public static final String PREVIOUS = "dlq.previous";

  /** Lists what was left out: {@code headers}, {@code headers,value}, with the key at last. */
  public static final String LEFT_OUT = "dlq.left-out";

  /** What names of Kafka Connect's headers begin with. */
  public static final String CONNECT = "__connect.errors.";

  /** What the name of a producer's header is moved under when it looks like one of ours. */
  public static final String ORIGINAL = "original.";

  /** Most bytes of {@link #ERRORS}. */
  static final int ERRORS_BYTES_MAX = 8 * 1024;

  private static final int MESSAGE_MAX = 512;
  private static final int LAST_ENTRY_BYTES_MAX = 128;
  private static final List<String> OURS = List.of("dlq.", CONNECT, "tl-");
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
  // ASCII only: a lone surrogate in a message of another's making is written, not thrown on.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  public DeadLetterHeaders {
    errors = List.copyOf(errors);
    reason = attempt.reason(reason);
  }

  /**
   * The original headers, in their order, with doubles and null values, those that look like ours
   * under {@code original.<name>}; then what is said here.
   */
  public List<Header> after(List<Header> original) {
    List<Header> headers = new ArrayList<>(original.size() + 12);
    for (Header header : original) {
      headers.add(
          looksLikeOurs(header.key())
              ? new Header(ORIGINAL + header.key(), header.value())
              : header);
    }
    headers.add(Header.of(CONNECT + "topic", topic));
    headers.add(Header.of(CONNECT + "partition", Integer.toString(partition)));
    headers.add(Header.of(CONNECT + "offset", Long.toString(offset)));
    headers.add(Header.of(CONNECT + "stage", stage));
    headers.add(Header.of(CONNECT + "exception.class.name", exceptionClass()));
    headers.add(Header.of(CONNECT + "exception.message", exceptionMessage()));
    headers.add(Header.of(REASON, reason.text()));
    headers.add(new Header(ERRORS, errorsJson()));
    headers.add(Header.of(STAGE, stage));
    headers.add(Header.of(ATTEMPT, Integer.toString(attempt.number())));
    if (attempt.firstSeen() != 0) {
      headers.add(Header.of(FIRST_SEEN, INSTANT.format(Instant.ofEpochMilli(attempt.firstSeen()))));
    }
    attempt.previous().ifPresent(letter -> headers.add(Header.of(PREVIOUS, letter.toString())));
    return headers;
  }

  /** So does one that was moved before: else moving it back would take it for ours. */
  private static boolean looksLikeOurs(String name) {
    String bare = name;
    while (bare.startsWith(ORIGINAL)) {
      bare = bare.substring(ORIGINAL.length());
    }
    return OURS.stream().anyMatch(bare::startsWith);
  }

  /** The original headers of a letter, still moved: those before the first of ours. */
  public static List<Header> originals(List<Header> ofLetter) {
    int first = 0;
    while (first < ofLetter.size() && !ofLetter.get(first).key().startsWith(CONNECT)) {
      first++;
    }
    return List.copyOf(ofLetter.subList(0, first));
  }

  /** The original headers as they were: undoes what {@link #after} did to their names. */
  public static List<Header> restored(List<Header> moved) {
    return moved.stream()
        .map(
            header ->
                header.key().startsWith(ORIGINAL) && looksLikeOurs(header.key())
                    ? new Header(header.key().substring(ORIGINAL.length()), header.value())
                    : header)
        .toList();
  }

  /** Nothing was thrown; tools that group by class get our constant, which tells reasons apart. */
  private String exceptionClass() {
    return DeadLetterReason.class.getName() + '.' + reason.name();
  }

  private String exceptionMessage() {
    if (errors.isEmpty()) {
      return reason.meaning();
    }
    Reason first = errors.get(0);
    String where = first.path().isEmpty() ? "" : first.path() + ": ";
    String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
    return cut(where + first.message(), MESSAGE_MAX) + more;
  }

  private byte[] errorsJson() {
    byte[] whole = json(errors);
    if (whole.length <= ERRORS_BYTES_MAX) {
      return whole;
    }
    List<Reason> kept = new ArrayList<>();
    int left = ERRORS_BYTES_MAX - LAST_ENTRY_BYTES_MAX;
    for (Reason error : errors) {
      // The brackets that an entry has on its own stand for its comma.
      left -= json(List.of(error)).length;
      if (left < 0) {
        break;
      }
      kept.add(error);
    }
    if (kept.isEmpty()) {
      kept.add(shortened(errors.get(0)));
    }
    int cut = errors.size() - kept.size();
    if (cut > 0) {
      kept.add(ErrorCode.MORE_ERRORS.at("", cut + " more errors were cut off"));
    }
    return json(kept);
  }

  /** An escaped character takes at most 6 bytes: even so, three of these lengths fit. */
  private static Reason shortened(Reason reason) {
    return new Reason(
        cut(reason.code(), MESSAGE_MAX / 4),
        cut(reason.path(), MESSAGE_MAX / 2),
        cut(reason.message(), MESSAGE_MAX));
  }

  private static String cut(String text, int charactersMax) {
    return text.length() <= charactersMax ? text : text.substring(0, charactersMax - 1) + '…';
  }

  private static byte[] json(List<Reason> reasons) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = JSON.createGenerator(bytes)) {
      generator.writeStartArray();
      for (Reason reason : reasons) {
        generator.writeStartObject();
        generator.writeStringField("code", reason.code());
        generator.writeStringField("path", reason.path());
        generator.writeStringField("message", reason.message());
        generator.writeEndObject();
      }
      generator.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
