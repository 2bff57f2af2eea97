// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static io.twinlog.cli.ParkedChanges.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.schemas.ParkedChange;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ParkedBookTest {
  private final ParkedBook book = new ParkedBook(told -> true, true);
  private final ParkedChanges topic = new ParkedChanges();

  private void told(ParkedChange change, long input, String... codes) {
    book.add(topic.next(change, input, codes));
  }

  private ParkedKey key() {
    return book.require(List.of(KEY)).get(0);
  }

  private List<Long> waiting() {
    return key().waiting().stream().map(ParkedInput::offset).toList();
  }

  @Test
  void knowsWhatWaitsWithAKeyAndWhy() {
    told(ParkedChange.HELD, 5, "rule_failed");
    told(ParkedChange.HELD, 6);

    assertThat(waiting()).containsExactly(5L, 6L);
    assertThat(key().attempts()).isEqualTo(1);
    assertThat(key().since()).isEqualTo(ParkedChanges.at(0));
    assertThat(key().failure()).map(ParkedFailure::text).contains("rule_failed at p: why");
    assertThat(key().waiting()).extracting(input -> new String(input.value(), UTF_8)).contains("5");
  }

  @Test
  void forgetsAKeyOfWhichAllIsWorkedOff() {
    told(ParkedChange.HELD, 5, "rule_failed");
    told(ParkedChange.HELD, 6);
    told(ParkedChange.RELEASED, 5);
    assertThat(waiting()).containsExactly(6L);
    told(ParkedChange.RELEASED, 6);

    assertThat(book.keys()).isEmpty();
  }

  @Test
  void forgetsAKeyOfWhichAllIsGivenUp() {
    told(ParkedChange.HELD, -1, "rule_failed");
    told(ParkedChange.HELD, 5);
    told(ParkedChange.DISCARDED, 5);

    assertThat(book.keys()).isEmpty();
  }

  @Test
  void keepsAKeyWhoseRetryFailedAgainWithItsHistory() {
    topic.attempts = 1;
    topic.retryClock = 9_000L;
    told(ParkedChange.HELD, 5, "handler_failed");
    topic.attempts = 2;
    topic.retryClock = null;
    told(ParkedChange.FAILED, 5, "rule_failed");

    assertThat(waiting()).containsExactly(5L);
    assertThat(key().attempts()).isEqualTo(2);
    assertThat(key().retryClock()).isEmpty();
    assertThat(key().failures())
        .extracting(failure -> failure.attempt() + " " + failure.text().split(" ")[0])
        .containsExactly("1 handler_failed", "2 rule_failed");
    assertThat(new String(key().waiting().iterator().next().value(), UTF_8)).isEqualTo("5");
  }

  @Test
  void keepsWhatIsBehindAnInputThatWasWorkedOffAndTheFailureOfTheNext() {
    told(ParkedChange.HELD, 5, "handler_failed");
    told(ParkedChange.HELD, 6);
    told(ParkedChange.RELEASED, 5);
    told(ParkedChange.FAILED, 6, "rule_failed");

    assertThat(waiting()).containsExactly(6L);
    assertThat(key().failure()).map(ParkedFailure::text).contains("rule_failed at p: why");
  }

  @Test
  void knowsAKeyOfWhichOnlyADeadlineHasFailedUntilItIsReleased() {
    told(ParkedChange.HELD, -1, "rule_failed");

    assertThat(waiting()).isEmpty();
    assertThat(ListParkedCommand.row(key())).contains("(deadline)", "by command", "0");

    told(ParkedChange.RELEASED, -1);
    assertThat(book.keys()).isEmpty();
  }

  @Test
  void beginsAnewWhereAKeyIsParkedAgain() {
    told(ParkedChange.HELD, 5, "rule_failed");
    told(ParkedChange.RELEASED, 5);
    told(ParkedChange.HELD, 7, "rule_failed");

    assertThat(key().since()).isEqualTo(ParkedChanges.at(2));
    assertThat(key().failures()).hasSize(1);
  }

  @Test
  void takesNoRepeatOfACrash() {
    var held = topic.next(ParkedChange.HELD, 5, "rule_failed");
    var released = topic.next(ParkedChange.RELEASED, 5);
    book.add(held);
    book.add(released);
    book.add(held);

    assertThat(book.keys()).isEmpty();
  }

  @Test
  void tellsKeysOfTwoJobsApart() {
    told(ParkedChange.HELD, 5, "rule_failed");
    topic.job = "service";
    told(ParkedChange.HELD, 5, "rule_failed");
    told(ParkedChange.RELEASED, 5);

    assertThat(book.keys()).extracting(ParkedKey::job).containsExactly("device");
  }

  @Test
  void countsWhatItCannotRead() {
    book.add(Letters.record(0, KEY, new byte[] {1, 2}, new RecordHeaders()));
    book.add(Letters.record(1, KEY, null, new RecordHeaders()));
    told(ParkedChange.UNKNOWN, 5);

    assertThat(book.unread()).isEqualTo(3);
    assertThat(book.keys()).isEmpty();
  }

  @Test
  void saysWhichKeyIsNotParked() {
    told(ParkedChange.HELD, 5, "rule_failed");

    assertThatThrownBy(() -> book.require(List.of(KEY, "d-2")))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
        .hasMessageContaining("'d-2' is not parked");
  }

  @Test
  void givesTheSameOrderTheSameIdUntilSomethingHasChanged() {
    told(ParkedChange.HELD, 5, "rule_failed");
    String first = ParkedDesk.redrive(key(), Optional.empty()).id();
    assertThat(ParkedDesk.redrive(key(), Optional.of("again")).id()).isEqualTo(first);
    assertThat(first).hasSizeLessThanOrEqualTo(64);

    told(ParkedChange.FAILED, 5, "rule_failed");
    assertThat(ParkedDesk.redrive(key(), Optional.empty()).id()).isNotEqualTo(first);
  }

  @Test
  void namesTheJobThatTheKeyWaitsIn() {
    topic.job = "telemetry";
    told(ParkedChange.HELD, 5, "rule_failed");

    assertThat(ParkedDesk.redrive(key(), Optional.empty()).json().at("/data/job").asText())
        .isEqualTo("telemetry");
  }

  @Test
  void saysHowManyAreGivenUp() {
    told(ParkedChange.HELD, 5, "rule_failed");
    told(ParkedChange.HELD, 6);
    told(ParkedChange.HELD, 7);
    ParkedDesk.GivenUp all = new ParkedDesk.GivenUp(true, 1);

    assertThat(DiscardParkedCommand.announced(key(), new ParkedDesk.GivenUp(false, 1)))
        .isEqualTo(
            "1 of 3 inputs of key 'd-1' in job device are given up; the other 2 are worked off");
    assertThat(DiscardParkedCommand.announced(key(), new ParkedDesk.GivenUp(false, 9)))
        .isEqualTo(
            "3 of 3 inputs of key 'd-1' in job device are given up; nothing is left to work off");
    assertThat(ParkedDesk.discard(key(), all, Optional.of("n")).json().get("data"))
        .hasToString("{\"job\":\"device\",\"note\":\"n\",\"all\":true,\"first\":\"3/5\"}");
  }

  @Test
  void refusesAKeyOfTwoJobsWhereNoneIsNamed() {
    told(ParkedChange.HELD, 5, "rule_failed");
    assertThat(book.requireOne(KEY, Optional.empty()).job()).isEqualTo("device");
    topic.job = "telemetry";
    told(ParkedChange.HELD, 5, "rule_failed");

    assertThat(book.requireOne(KEY, Optional.of("telemetry")).job()).isEqualTo("telemetry");
    assertThatThrownBy(() -> book.requireOne(KEY, Optional.empty()))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage("key 'd-1' waits in jobs device, telemetry: say which by --job");
    assertThatThrownBy(() -> book.requireOne(KEY, Optional.of("router")))
        .hasMessage("key 'd-1' is not parked in job router, but in device, telemetry");
  }

  @Test
  void givesUpNoDeadline() {
    told(ParkedChange.HELD, -1, "rule_failed");

    assertThatThrownBy(() -> DiscardParkedCommand.announced(key(), new ParkedDesk.GivenUp(true, 1)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("a deadline of it has failed");
  }

  @Test
  void showsEachInputWithItsValue() {
    told(ParkedChange.HELD, 5, "rule_failed");

    assertThat(ShowParkedCommand.shown(key(), "twinlog."))
        .hasToString(
            "{\"key\":\"d-1\",\"job\":\"device\",\"waiting\":1,"
                + "\"since\":\"2026-01-01T00:00:00.000Z\",\"attempts\":1,\"retry_clock\":null,"
                + "\"type\":\"data.collected\",\"history\":[{"
                + "\"time\":\"2026-01-01T00:00:00.000Z\",\"attempt\":1,"
                + "\"type\":\"data.collected\",\"offset\":5,"
                + "\"reasons\":[{\"code\":\"rule_failed\",\"path\":\"p\",\"message\":\"why\"}]}],"
                + "\"inputs\":[{\"topic\":\"events.domain\",\"partition\":3,\"offset\":5,"
                + "\"type\":\"data.collected\",\"since\":\"2026-01-01T00:00:00.000Z\","
                + "\"value\":5}]}");
  }

  @Test
  void showsATerminalNothingToObey() {
    topic.key = "a\u001b[2Jb";
    told(ParkedChange.HELD, 5, "rule\u001b[31m");

    ParkedKey hostile = book.keys().get(0);
    assertThat(String.join(" ", ListParkedCommand.row(hostile)))
        .doesNotContain("\u001b")
        .contains("a\\u001b[2Jb");
  }
}
