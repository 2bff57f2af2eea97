// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinlog.domain.Reason;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {
  private static final Reason MISSING = ErrorCode.MISSING_FIELD.at("id", "is required");
  private static final Reason WRONG = ErrorCode.WRONG_TYPE.at("data", "must be an object");

  @Test
  void saysWhereTheRecordCameFromAndWhatIsWrong() {
    List<Header> headers = letter(List.of(MISSING, WRONG)).after(List.of());

    assertThat(shown(headers))
        .containsExactly(
            "__connect.errors.topic=twinlog.ingress",
            "__connect.errors.partition=3",
            "__connect.errors.offset=42",
            "__connect.errors.stage=decode",
            "__connect.errors.exception.class.name=io.twinlog.wire.DeadLetterReason.INVALID_ENVELOPE",
            "__connect.errors.exception.message=id: is required (and 1 more)",
            "dlq.reason=invalid_envelope",
            "dlq.errors=[{\"code\":\"missing_field\",\"path\":\"id\",\"message\":\"is required\"},"
                + "{\"code\":\"wrong_type\",\"path\":\"data\",\"message\":\"must be an object\"}]",
            "dlq.stage=decode",
            "dlq.attempt=1",
            "dlq.first-seen=2026-01-01T00:00:00.000Z");
  }

  @Test
  void keepsTheProducersHeadersInTheirOrderWithDoublesAndNulls() {
    List<Header> original =
        List.of(
            Header.of("a", "1"), new Header("b", null), Header.of("a", "2"), Header.of("", "3"));

    List<Header> headers = letter(List.of(MISSING)).after(original);

    assertThat(headers.subList(0, 4)).isEqualTo(original);
  }

  @Test
  void movesHeadersOfAProducerThatLookLikeOurs() {
    List<Header> forged =
        List.of(
            Header.of("dlq.attempt", "99"),
            Header.of("__connect.errors.topic", "x"),
            new Header("tl-origin", null),
            Header.of("traceparent", "00-1"),
            Header.of("dlq", "y"));

    List<Header> headers = letter(List.of(MISSING)).after(forged);

    assertThat(shown(headers.subList(0, 5)))
        .containsExactly(
            "original.dlq.attempt=99",
            "original.__connect.errors.topic=x",
            "original.tl-origin=null",
            "traceparent=00-1",
            "dlq=y");
    assertThat(Header.text(headers, "dlq.attempt")).contains("1");
  }

  @Test
  void leavesFirstSeenOutWhereNoTimeIsKnown() {
    DeadLetterHeaders letter =
        new DeadLetterHeaders(
            "t", 0, 0, "decode", DeadLetterReason.MALFORMED, List.of(MISSING), Attempt.first(0));

    assertThat(letter.after(List.of())).extracting(Header::key).doesNotContain("dlq.first-seen");
  }

  @Test
  void saysTheReasonsMeaningWhereThereAreNoErrors() {
    List<Header> headers = letter(List.of()).after(List.of());

    assertThat(Header.text(headers, "__connect.errors.exception.message"))
        .contains(DeadLetterReason.INVALID_ENVELOPE.meaning());
    assertThat(Header.text(headers, "dlq.errors")).contains("[]");
  }

  @Test
  void cutsWholeEntriesAndSaysHowMany() throws IOException {
    List<Reason> many = Collections.nCopies(200, ErrorCode.TOO_LONG.at("a.b", "x".repeat(100)));

    JsonNode errors = errors(letter(many));

    int kept = errors.size() - 1;
    assertThat(kept).isBetween(40, 70);
    assertThat(errors.get(kept - 1).get("message").textValue()).hasSize(100);
    assertThat(errors.get(kept).get("code").textValue()).isEqualTo("more_errors");
    assertThat(errors.get(kept).get("message").textValue())
        .isEqualTo((200 - kept) + " more errors were cut off");
  }

  @Test
  void cutsTheMessageOfTheFirstEntryWhereItAloneIsTooLong() throws IOException {
    List<Reason> huge =
        List.of(new Reason("c".repeat(20_000), "é".repeat(20_000), "😀".repeat(20_000)), WRONG);

    JsonNode errors = errors(letter(huge));

    assertThat(errors).hasSize(2);
    assertThat(errors.get(0).get("message").textValue()).startsWith("😀😀").endsWith("…");
    assertThat(errors.get(1).get("message").textValue()).isEqualTo("1 more errors were cut off");
  }

  @Test
  void keepsAllThatJustFits() throws IOException {
    int empty = errorsBytes(letter(List.of(new Reason("too_long", "", "")))).length;
    String message = "x".repeat(DeadLetterHeaders.ERRORS_BYTES_MAX - empty);

    JsonNode errors = errors(letter(List.of(new Reason("too_long", "", message))));

    assertThat(errors.get(0).get("message").textValue()).isEqualTo(message);
  }

  @Test
  void writesMessagesThatAreNoText() throws IOException {
    JsonNode errors = errors(letter(List.of(new Reason("code", "\ud800", "a\u0000\udc00"))));

    assertThat(errors.get(0).get("message").textValue()).isEqualTo("a\u0000\udc00");
  }

  private static DeadLetterHeaders letter(List<Reason> errors) {
    return new DeadLetterHeaders(
        "twinlog.ingress",
        3,
        42,
        "decode",
        DeadLetterReason.INVALID_ENVELOPE,
        errors,
        Attempt.first(1_767_225_600_000L));
  }

  private static byte[] errorsBytes(DeadLetterHeaders letter) {
    return letter.after(List.of()).stream()
        .filter(header -> header.key().equals("dlq.errors"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static JsonNode errors(DeadLetterHeaders letter) throws IOException {
    byte[] json = errorsBytes(letter);
    assertThat(json.length).isLessThanOrEqualTo(DeadLetterHeaders.ERRORS_BYTES_MAX);
    return new ObjectMapper().readTree(json);
  }

  private static List<String> shown(List<Header> headers) {
    return headers.stream()
        .map(
            header ->
                header.key() + '=' + Header.text(List.of(header), header.key()).orElse("null"))
        .toList();
  }
}
