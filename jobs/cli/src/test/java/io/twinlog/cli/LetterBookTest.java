// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static io.twinlog.cli.Letters.letter;
import static io.twinlog.cli.Letters.result;
import static io.twinlog.cli.Letters.second;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.CommandStatus;
import io.twinlog.wire.Attempt;
import io.twinlog.wire.LetterId;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LetterBookTest {
  private static final LetterId ID = new LetterId(0, 1);

  private final LetterBook book = new LetterBook(letter -> true);
  private Letter letter;

  @BeforeEach
  void addTheLetter() {
    book.addLetter(letter(1, 10, "d-1", Attempt.first(Letters.WALL)));
    letter = book.letter(ID).orElseThrow();
  }

  private void redriven(CommandStatus status, String... codes) {
    book.addResult(result(letter.told().redriveId(), "RedriveDeadLetter", status, codes));
  }

  @Test
  void keepsALetterOpenOfWhichNothingIsKnown() {
    book.addResult(result("redrive/of another/2", "RedriveDeadLetter", CommandStatus.ACCEPTED));

    assertThat(book.status(letter)).isEqualTo(LetterStatus.OPEN);
  }

  @Test
  void takesAnAcceptedRedriveForDone() {
    redriven(CommandStatus.ACCEPTED);

    assertThat(book.status(letter)).isEqualTo(LetterStatus.REDRIVEN);
    assertThat(book.resultsOf(letter)).hasSize(1);
  }

  @Test
  void keepsALetterOpenWhoseRedriveWasRefused() {
    redriven(CommandStatus.REFUSED, "attempts_exhausted");

    assertThat(book.status(letter)).isEqualTo(LetterStatus.OPEN);
  }

  @Test
  void takesARedriveThatFailedAgainForDoneAsThereIsAnotherLetter() {
    redriven(CommandStatus.REFUSED, "dead_letter_again", "not_json");

    assertThat(book.status(letter)).isEqualTo(LetterStatus.REDRIVEN);
  }

  @Test
  void takesNoLetterForOpenWhoseResultMayHaveBeenDeleted() {
    book.resultsFrom(letter.time() + 1);
    assertThat(book.status(letter)).isEqualTo(LetterStatus.UNKNOWN);

    redriven(CommandStatus.ACCEPTED);
    assertThat(book.status(letter)).isEqualTo(LetterStatus.REDRIVEN);
  }

  @Test
  void followsALetterToTheOneThatItBecame() {
    book.addLetter(letter(2, 11, "d-1", second(ID)));

    assertThat(book.status(letter)).isEqualTo(LetterStatus.REDRIVEN);
    assertThat(book.follower(letter)).contains(new LetterId(0, 2));
    assertThat(book.status(book.letter(new LetterId(0, 2)).orElseThrow()))
        .isEqualTo(LetterStatus.OPEN);
  }

  @Test
  void knowsOfAFollowerThatWasNotAskedFor() {
    LetterBook narrow = new LetterBook(each -> each.id().equals(ID));
    narrow.addLetter(letter(1, 10, "d-1", Attempt.first(Letters.WALL)));
    narrow.addLetter(letter(2, 11, "d-1", second(ID)));

    assertThat(narrow.letters()).extracting(Letter::id).containsExactly(ID);
    assertThat(narrow.status(letter)).isEqualTo(LetterStatus.REDRIVEN);
  }

  @Test
  void takesAnAcceptedDiscardForDone() {
    book.addResult(result(letter.told().discardId(), "DiscardDeadLetter", CommandStatus.ACCEPTED));

    assertThat(book.status(letter)).isEqualTo(LetterStatus.DISCARDED);
  }

  @Test
  void countsWhatARestartedJobWroteAgainOnce() {
    book.addLetter(letter(3, 10, "d-1", Attempt.first(Letters.WALL)));

    assertThat(book.letters()).hasSize(1);
    assertThat(book.repeats()).isEqualTo(1);
    assertThat(book.letter(new LetterId(0, 3))).contains(letter);
  }

  @Test
  void keepsARecordThatNoJobWroteAndLetsNobodyRedriveIt() {
    book.addLetter(Letters.record(4, null, null, new RecordHeaders()));

    Letter foreign = book.letter(new LetterId(0, 4)).orElseThrow();
    assertThat(foreign.told().isWhole()).isFalse();
    assertThat(foreign.time()).isEqualTo(7);
    assertThat(foreign.key().isNull()).isTrue();
  }

  @Test
  void passesOverResultsThatCannotBeRead() {
    redriven(CommandStatus.ACCEPTED);
    String id = letter.told().redriveId();
    book.addResult(Letters.record(9, id, new byte[] {1, 2}, new RecordHeaders()));
    book.addResult(Letters.record(9, id, null, new RecordHeaders()));
    book.addResult(Letters.record(9, null, new byte[0], new RecordHeaders()));

    assertThat(book.resultsOf(letter)).hasSize(1);
  }
}
