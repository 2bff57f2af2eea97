// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.domain.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final long FIRST_SEEN = 1_767_225_600_123L;
  private static final LetterId PREVIOUS = new LetterId(0, 17);
  private static final Attempt SECOND = new Attempt(2, 5, FIRST_SEEN, Optional.of(PREVIOUS), "");

  private static List<Header> headers(Attempt attempt, List<Header> original) {
    List<Header> headers =
        new ArrayList<>(
            new DeadLetterHeaders(
                    "twinlog.ingress",
                    3,
                    42,
                    "router",
                    DeadLetterReason.MALFORMED,
                    List.of(new Reason("not_json", "a", "no 'JSON'")),
                    attempt)
                .after(original));
    headers.add(Header.of("tl-origin", "router/t/1/2/0"));
    headers.add(Header.of("tl-clock", "1/2/3000"));
    return headers;
  }

  @Test
  void readsBackWhatWasWritten() {
    DeadLetter letter = DeadLetter.of(headers(SECOND, List.of()));

    assertThat(letter)
        .isEqualTo(
            new DeadLetter(
                "router/t/1/2/0",
                3000,
                "malformed",
                "router",
                List.of(new Reason("not_json", "a", "no 'JSON'")),
                2,
                FIRST_SEEN,
                Optional.of(PREVIOUS),
                new DeadLetter.Place("twinlog.ingress", 3, 42),
                ""));
    assertThat(letter.isWhole()).isTrue();
  }

  @Test
  void believesNothingOfARecordThatNoJobWrote() {
    List<Header> garbage = new ArrayList<>();
    for (String name :
        List.of(
            "tl-origin",
            "tl-clock",
            "dlq.reason",
            "dlq.errors",
            "dlq.attempt",
            "dlq.first-seen",
            "dlq.previous")) {
      garbage.add(new Header(name, new byte[] {'{', -1}));
    }

    assertThat(DeadLetter.of(garbage).attempt()).isEqualTo(1);
    assertThat(DeadLetter.of(garbage).isWhole()).isFalse();
    assertThat(DeadLetter.of(List.of()).isWhole()).isFalse();
    assertThat(DeadLetter.of(List.of(Header.of("dlq.attempt", "-9223372036854775808"))).attempt())
        .isEqualTo(1);
  }

  @Test
  void isNotWholeWhereSomethingWasLeftOut() {
    List<Header> headers = headers(SECOND, List.of());
    headers.add(Header.of("dlq.left-out", "headers"));

    assertThat(DeadLetter.of(headers).isWhole()).isFalse();
  }

  @Test
  void givesTheSameIdsToARepeatAndOthersToTheNextAttempt() {
    DeadLetter first = DeadLetter.of(headers(Attempt.first(FIRST_SEEN), List.of()));
    DeadLetter second = DeadLetter.of(headers(SECOND, List.of()));

    assertThat(first.redriveId()).startsWith("redrive/").endsWith("/2").hasSizeLessThan(64);
    assertThat(second.redriveId()).endsWith("/3");
    assertThat(first.redriveId())
        .isEqualTo(DeadLetter.of(headers(Attempt.first(1), List.of())).redriveId());
    assertThat(first.discardId()).startsWith("discard/").isEqualTo(second.discardId());
  }

  @Test
  void bringsOriginalHeadersBackWhateverTheyWereCalled() {
    List<Header> original =
        List.of(
            Header.of("x", "1"),
            Header.of("tl-type", "tick"),
            Header.of("original.tl-type", "mine"),
            Header.of("original.original.dlq.reason", "mine"),
            Header.of("original.x", "2"),
            new Header("__connect.errors.topic", null),
            Header.of("x", "3"));

    List<Header> moved = DeadLetterHeaders.originals(headers(SECOND, original));
    List<Header> restored = DeadLetterHeaders.restored(moved);

    assertThat(moved).extracting(Header::key).noneMatch(name -> name.startsWith("tl-"));
    assertThat(restored)
        .extracting(Header::key, Header::value)
        .containsExactlyElementsOf(
            original.stream()
                .map(h -> org.assertj.core.api.Assertions.tuple(h.key(), h.value()))
                .toList());
  }

  @Test
  void redrivesTheNextAttemptAtTheSamePlace() {
    Redrive redrive =
        DeadLetter.of(headers(Attempt.first(FIRST_SEEN), List.of())).redrive(PREVIOUS);

    assertThat(redrive)
        .isEqualTo(new Redrive(PREVIOUS, 2, FIRST_SEEN, "twinlog.ingress", 3, 42, "router"));
    assertThat(Redrive.of(redrive.json().toString())).isEqualTo(redrive);
    assertThat(Redrive.of("{\"letter\":\"0/1\",\"attempt\":2,\"topic\":\"t\"}").firstSeen())
        .isZero();
  }

  @Test
  void carriesItsHistoryAsText() {
    assertThat(SECOND).hasToString("2/5/1767225600123/0/17");
    assertThat(Attempt.parse("2/5/1767225600123/0/17/device").stage()).isEqualTo("device");
    assertThat(Attempt.parse("2/5/1767225600123/0/17/device"))
        .hasToString("2/5/1767225600123/0/17/device");
    assertThat(Attempt.parse("2/5/1767225600123/0/17")).isEqualTo(SECOND);
    for (String bad : List.of("", "2", "2/5/x/0/17", "2/5/1/0/17/0")) {
      assertThatThrownBy(() -> Attempt.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void saysAtTheLastAttemptThatItWasTheLast() {
    Attempt last = new Attempt(5, 5, FIRST_SEEN, Optional.of(PREVIOUS), "");

    List<Header> headers = headers(last, List.of());

    assertThat(DeadLetter.of(headers).reason()).isEqualTo("attempts_exhausted");
    assertThat(DeadLetter.of(headers).errors()).extracting(Reason::code).contains("not_json");
    assertThat(Header.text(headers, "__connect.errors.exception.class.name").orElseThrow())
        .endsWith("ATTEMPTS_EXHAUSTED");
  }

  @Test
  void namesLettersByPartitionAndOffset() {
    assertThat(LetterId.parse("3/4711")).isEqualTo(new LetterId(3, 4711)).hasToString("3/4711");
    assertThat(new LetterId(0, 10)).isGreaterThan(new LetterId(0, 9));
    for (String bad :
        List.of("", "3", "3/", "/4", "-1/2", "3/4/5", "a/b", "3/99999999999999999999")) {
      assertThatThrownBy(() -> LetterId.parse(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void keepsTheBytesOfHeadersThatAreNoText() {
    byte[] value = {-1, 0};
    List<Header> moved =
        DeadLetterHeaders.originals(headers(SECOND, List.of(new Header("tl-x", value))));

    assertThat(DeadLetterHeaders.restored(moved).get(0).value()).isSameAs(value);
  }
}
