// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.domain.rules.RuleSet;
import io.twinlog.rules.log.StoredRules.UnsoundException;
import io.twinlog.schemas.PublishedRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class LoggedRuleBookTest {
  private static final String DOCUMENT = "routing:\n  max_future_skew: 1m\n";
  private static final Duration WAIT = Duration.ofMillis(50);

  private final TestingShelf shelf = new TestingShelf();
  private final RuleBook book = book(WAIT);

  private RuleBook book(Duration wait) {
    return new LoggedRuleBook(
        () -> shelf.opened(), RuleSet.DEFAULT, wait, IllegalStateException::new);
  }

  /** Sets that come when they are asked for often enough. */
  private static final class TestingShelf implements RuleShelf {
    private final Map<Long, PublishedRules> sets = new HashMap<>();
    private final List<Long> asked = new ArrayList<>();
    private long looksBeforeItComes;
    private RuntimeException failure;
    private int failures;
    private int opened;
    private boolean closed;

    private TestingShelf opened() {
      opened++;
      return this;
    }

    private void put(long version, String document) {
      sets.put(
          version,
          new PublishedRules(
              version, document, null, null, Instant.EPOCH, StoredRules.sha256(document)));
    }

    @Override
    public Optional<PublishedRules> find(long version, Duration patience) {
      asked.add(version);
      if (failures-- > 0) {
        throw failure;
      }
      return looksBeforeItComes-- > 0 ? Optional.empty() : Optional.ofNullable(sets.get(version));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void hasTheBaseUnderVersionZeroAndAsksNobody() {
    assertThat(book.at(0)).isSameAs(RuleSet.DEFAULT);
    assertThat(shelf.opened).isZero();
  }

  @Test
  void readsASetOnce() {
    shelf.put(3, DOCUMENT);

    RuleSet set = book.at(3);

    assertThat(set.version()).isEqualTo(3);
    assertThat(book.at(3)).isSameAs(set);
    assertThat(shelf.asked).containsExactly(3L);
    assertThat(shelf.opened).isEqualTo(1);
  }

  @Test
  void waitsForOneThatIsNotThereYet() {
    shelf.put(3, DOCUMENT);
    shelf.looksBeforeItComes = 3;

    assertThat(book(Duration.ofMinutes(1)).at(3).version()).isEqualTo(3);
    assertThat(shelf.asked).hasSize(4);
  }

  @Test
  void waitsWhileNobodyAnswers() {
    shelf.put(3, DOCUMENT);
    shelf.failure = new TimeoutException("no answer");
    shelf.failures = 2;

    assertThat(book(Duration.ofMinutes(1)).at(3).version()).isEqualTo(3);
  }

  @Test
  void endsForGoodWithoutOneThatNeverComesAndSaysWhatToDo() {
    assertThatThrownBy(() -> book.at(7))
        .isInstanceOf(IllegalStateException.class)
        .cause()
        .isInstanceOf(RulesUnusableException.class)
        .hasMessageContaining("version 7 of the rules is in force")
        .hasMessageContaining("Bring its records back");
  }

  @Test
  void endsForGoodWithOneThatIsNotAsItWasPublished() {
    shelf.failure = new UnsoundException("SHA-256 differs");
    shelf.failures = 1;

    assertThatThrownBy(() -> book.at(7))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 7 of the rules is not as it was published: SHA-256 differs");
  }

  @Test
  void endsForGoodWithOneThatThisBuildCannotRead() {
    shelf.put(7, "routing:\n  of_a_later_release: 1\n");

    assertThatThrownBy(() -> book.at(7))
        .isInstanceOf(IllegalStateException.class)
        .cause()
        .isInstanceOf(RulesUnusableException.class)
        .hasMessageContaining("version 7 of the rules cannot be read by this build: line 2: ")
        .hasMessageContaining("of_a_later_release");
  }

  @Test
  void readsWhatWasPublishedByAnotherCatalogue() {
    shelf.put(
        7,
        "validation: {strict_catalogue: true}\n"
            + "quality:\n"
            + "  triggers: [{name: a, when: 'true', event: {event_type: of.another.jar}}]\n");

    assertThat(book.at(7).quality().triggers()).hasSize(1);
  }

  @Test
  void keepsABoundedNumberOfSetsAndReadsTheOthersAgain() {
    for (long version = 1; version <= LoggedRuleBook.SETS_MAX + 1; version++) {
      shelf.put(version, DOCUMENT);
      book.at(version);
      book.at(1);
    }
    shelf.asked.clear();

    book.at(1);
    book.at(2);

    assertThat(shelf.asked).containsExactly(2L);
  }

  @Test
  void givesBackWhatItOpened() {
    book.close();
    assertThat(shelf.closed).isFalse();

    shelf.put(1, DOCUMENT);
    book.at(1);
    book.close();
    assertThat(shelf.closed).isTrue();
  }
}
