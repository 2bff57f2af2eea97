// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Aggregate;
import io.twinlog.domain.Gathering.Gathered;
import io.twinlog.domain.Moment;
import io.twinlog.domain.service.EndpointsFact.Crowded;
import io.twinlog.domain.service.EndpointsFact.Gone;
import io.twinlog.domain.service.EndpointsFact.Listed;
import io.twinlog.domain.service.EndpointsFact.LossHeld;
import io.twinlog.domain.service.ServiceMove.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  private static final long WINDOW = EndpointsRules.DEFAULT.lossWindow();

  private static final int MAX = EndpointsRules.DEFAULT.instancesMax();
  private static final long DAY = EndpointsRules.DEFAULT.rewrite();

  private final Endpoints endpoints = new Endpoints(EndpointsRules.DEFAULT);
  private EndpointsState state = endpoints.initial("billing");
  private final List<EndpointsFact> facts = new ArrayList<>();
  private long version;

  private static ServiceMove move(int instance, Kind kind, Health reported) {
    String id = "s-%03d".formatted(instance);
    return new ServiceMove("billing", id, 1, kind, "http://" + id, "1.0", reported);
  }

  private void take(long clock, int instance, Kind kind) {
    take(clock, move(instance, kind, Health.HEALTHY));
  }

  private void take(long clock, ServiceMove move) {
    keep(endpoints.take(state, move, new Moment(clock, clock)));
  }

  private void keep(Gathered<EndpointsState, EndpointsFact> gathered) {
    for (EndpointsFact fact : gathered.facts()) {
      assertThat(fact.version()).isGreaterThan(version);
      version = fact.version();
      facts.add(fact);
    }
    state = gathered.state();
    assertThat(state.version()).isEqualTo(version);
  }

  private void passes(long until) {
    while (endpoints.deadline(state) <= until) {
      long deadline = endpoints.deadline(state);
      keep(endpoints.atDeadline(state, new Moment(deadline, deadline)));
      assertThat(endpoints.deadline(state)).isGreaterThan(deadline);
    }
  }

  private List<String> listed() {
    return facts.stream()
        .filter(fact -> fact instanceof Listed || fact instanceof Gone)
        .reduce((first, second) -> second)
        .map(
            fact ->
                fact instanceof Listed list
                    ? list.instances().stream().map(EndpointsFact.Endpoint::serviceId).toList()
                    : List.<String>of())
        .orElseThrow();
  }

  private void started(int count) {
    for (int i = 0; i < count; i++) {
      take(0, i, Kind.HEARD);
    }
  }

  @Test
  void listsWhoMayTakeLoad() {
    started(2);
    take(1, move(2, Kind.HEARD, Health.DEGRADED));
    take(2, move(0, Kind.HEARD, Health.UNHEALTHY));

    assertThat(listed()).containsExactly("s-001", "s-002");
    assertThat(((Listed) facts.get(3)).instances())
        .containsExactly(
            new EndpointsFact.Endpoint("s-001", "http://s-001", Health.HEALTHY, "1.0"),
            new EndpointsFact.Endpoint("s-002", "http://s-002", Health.DEGRADED, "1.0"));
  }

  @Test
  void tellsNothingWhereTheListIsTheSame() {
    started(1);
    take(1, 0, Kind.HEARD);
    assertThat(facts).hasSize(1);
  }

  @Test
  void oneThatFallsSilentLeavesAtOnceHoweverFewThereAre() {
    started(3);
    take(10, 1, Kind.SILENT);
    assertThat(listed()).containsExactly("s-000", "s-002");
    take(20, 1, Kind.HEARD);
    assertThat(listed()).hasSize(3);
  }

  @Test
  void isForgottenWhenTheClockHasPassedTheEndOfItsLastInstance() {
    started(1);
    take(10, 0, Kind.SILENT);
    assertThat(listed()).isEmpty();
    assertThat(endpoints.ended(state)).isFalse();
    take(20, 0, Kind.EXPIRED);
    assertThat(facts).last().isEqualTo(new Gone(20, "billing"));
    assertThat(endpoints.ended(state)).isFalse();
    passes(21);
    assertThat(endpoints.ended(state)).isTrue();
    assertThat(endpoints.deadline(state)).isEqualTo(Aggregate.NEVER);
  }

  /** Readers drop what is no newer than what they have. */
  @Test
  void aNameThatComesAgainGoesOnFromItsVersion() {
    for (int i = 0; i < 30; i++) {
      take(10, 0, Kind.HEARD);
      take(10, 0, Kind.LEFT);
    }
    assertThat(version).isEqualTo(10 + 59);
    passes(version);
    assertThat(endpoints.ended(state)).isFalse();
    passes(version + 1);
    assertThat(endpoints.ended(state)).isTrue();

    state = endpoints.initial("billing");
    take(version + 1, 1, Kind.HEARD);
    assertThat(listed()).containsExactly("s-001");
  }

  @Test
  void onlyAShareLeavesAtOnceAndThatOthersAreHeldIsTold() {
    started(100);
    for (int i = 99; i >= 60; i--) {
      take(1_000 + 99 - i, i, Kind.SILENT);
    }
    // Fifteen of a hundred: who fell silent first.
    assertThat(listed()).hasSize(85).contains("s-084", "s-060").doesNotContain("s-085", "s-099");
    assertThat(facts).noneMatch(LossHeld.class::isInstance);

    // Each place is free again a window after it was taken; then one is held for a whole one.
    passes(1_014 + WINDOW);
    assertThat(listed()).hasSize(70);
    assertThat(facts).noneMatch(LossHeld.class::isInstance);
    passes(1_030 + WINDOW);
    assertThat(facts)
        .filteredOn(LossHeld.class::isInstance)
        .singleElement()
        .satisfies(
            told -> {
              LossHeld held = (LossHeld) told;
              assertThat(held.known()).isEqualTo(100);
              assertThat(held.held()).isEqualTo(10);
              assertThat(held.serviceIds()).hasSize(10).startsWith("s-060").endsWith("s-069");
            });

    passes(1_030 + 3 * WINDOW);
    assertThat(listed()).hasSize(60);
    assertThat(facts).filteredOn(LossHeld.class::isInstance).hasSize(1);
    assertThat(endpoints.deadline(state)).as("nobody is held").isGreaterThan(DAY / 2);
  }

  @Test
  void aLossThatStaysIsToldOnceAWindow() {
    started(10);
    for (int i = 0; i < 8; i++) {
      take(1_000, i, Kind.SILENT);
    }
    passes(1_000 + 5 * WINDOW);
    assertThat(facts)
        .filteredOn(LossHeld.class::isInstance)
        .extracting(fact -> ((LossHeld) fact).held())
        .containsExactly(7, 6, 5, 4, 3);
  }

  @Test
  void thatOthersAreHeldIsToldThoughAMoveComesAtTheSameClock() {
    started(10);
    take(1_000, 0, Kind.SILENT);
    take(1_000, 1, Kind.SILENT);
    take(1_000 + WINDOW, 2, Kind.SILENT);

    assertThat(facts)
        .filteredOn(LossHeld.class::isInstance)
        .singleElement()
        .extracting(fact -> ((LossHeld) fact).serviceIds())
        .isEqualTo(List.of("s-001", "s-002"));
    assertThat(listed()).hasSize(8).doesNotContain("s-001");
  }

  /** It is what a fleet does every day. */
  @Test
  void noneIsHeldWhereOneDiesNowAndThen() {
    started(100);
    for (int i = 0; i < 60; i++) {
      take(1_000 + 10_000L * i, i, Kind.SILENT);
    }
    assertThat(listed()).hasSize(40);
    assertThat(facts).noneMatch(LossHeld.class::isInstance);
  }

  @Test
  void oneThatFallsSilentAsTheLastOnesWindowEndsIsNotHeld() {
    started(10);
    take(1_000, 0, Kind.SILENT);
    take(1_000 + WINDOW, 1, Kind.SILENT);
    assertThat(listed()).hasSize(8);
    passes(1_000 + 3 * WINDOW);
    assertThat(facts).noneMatch(LossHeld.class::isInstance);
  }

  @Test
  void noTwoSharesLeaveWithinAWindow() {
    started(20);
    take(1_000, 0, Kind.SILENT);
    take(1_000 + WINDOW - 1, 1, Kind.SILENT);
    take(1_000 + WINDOW - 1, 2, Kind.SILENT);
    take(1_000 + WINDOW, 3, Kind.SILENT);
    take(1_000 + WINDOW, 4, Kind.SILENT);
    assertThat(listed()).as("three within a minute").hasSize(16);
    passes(1_000 + 2 * WINDOW - 2);
    assertThat(listed()).hasSize(16);
    passes(1_000 + 2 * WINDOW - 1);
    assertThat(listed()).hasSize(15);
  }

  /** Of few the share is small, however many there were. */
  @Test
  void theShareIsThatOfThoseWhoAreThere() {
    started(100);
    take(1_000, 0, Kind.SILENT);
    for (int i = 1; i < 81; i++) {
      take(10_000, i, Kind.LEFT);
    }
    for (int i = 81; i < 100; i++) {
      take(30_000, i, Kind.SILENT);
    }
    assertThat(listed()).as("three of twenty, one of them long ago").hasSize(17);
  }

  @Test
  void oneThatTakesNoLoadAnywayLeavesAtNobodysCost() {
    started(10);
    take(500, move(0, Kind.HEARD, Health.UNHEALTHY));
    take(1_000, move(0, Kind.SILENT, Health.UNHEALTHY));
    take(1_000, 1, Kind.SILENT);
    assertThat(listed()).hasSize(8).doesNotContain("s-001");
    assertThat(state.instances().get("s-000").isHeld()).isFalse();
  }

  @Test
  void theListIsWrittenAgainOnceADay() {
    started(1);
    take(5_000, 1, Kind.HEARD);
    passes(5_000 + DAY - 1);
    assertThat(facts).hasSize(2);
    passes(5_000 + 3 * DAY);
    assertThat(facts).hasSize(5);
    assertThat(listed()).containsExactly("s-000", "s-001");
    assertThat(facts.get(4).version()).isEqualTo(5_000 + 3 * DAY);
  }

  @Test
  void aNameWhoseFirstInstanceIsUnhealthyWritesItsListADayLater() {
    take(5_000, move(0, Kind.HEARD, Health.UNHEALTHY));
    assertThat(facts).isEmpty();
    assertThat(endpoints.deadline(state)).isEqualTo(5_000 + EndpointsRules.DEFAULT.rewrite());
  }

  @Test
  void oneThatIsTooManyWaitsUntilAnotherHasLeft() {
    started(MAX);
    take(1_000, MAX, Kind.HEARD);
    take(1_001, MAX + 1, Kind.HEARD);
    take(1_002, MAX, Kind.HEARD);
    assertThat(facts)
        .filteredOn(Crowded.class::isInstance)
        .hasSize(2)
        .first()
        .isEqualTo(new Crowded(MAX + 1, new Moment(1_000, 1_000), "billing", "s-1000", MAX, true));
    assertThat(listed()).hasSize(MAX);

    take(4_000, 0, Kind.LEFT);
    assertThat(listed()).hasSize(MAX).contains("s-1000").doesNotContain("s-000", "s-1001");
    take(5_000, MAX + 1, Kind.SILENT);
    take(6_000, 1, Kind.LEFT);
    assertThat(listed()).hasSize(MAX - 1).doesNotContain("s-1001");
  }

  @Test
  void noMoreWaitThanAreListed() {
    started(2 * MAX);
    take(1_000, 2 * MAX, Kind.HEARD);
    assertThat(facts)
        .last()
        .isInstanceOfSatisfying(Crowded.class, crowded -> assertThat(crowded.waits()).isFalse());
    take(2_000, 2 * MAX, Kind.SILENT);
    take(3_000, 2 * MAX, Kind.EXPIRED);
    assertThat(state.instances()).hasSize(2 * MAX);
  }

  @Test
  void noListIsLongerThanATopicTakes() {
    String endpoint = "http://" + "x".repeat(2_000);
    for (int i = 0; i < MAX; i++) {
      take(i, new ServiceMove("billing", "s-" + i, 1, Kind.HEARD, endpoint, "1.0", Health.HEALTHY));
    }
    assertThat(listed().size() * 6_000).isLessThan(EndpointsRules.LIST_BYTES_MAX);
    assertThat(facts).last().isInstanceOf(Crowded.class);
  }

  /** Nothing would ever end it. */
  @Test
  void nothingIsKeptOfANameThatOneLeftWhoWasNotThere() {
    take(1_000, 0, Kind.LEFT);
    assertThat(facts).isEmpty();
    assertThat(endpoints.ended(state)).isTrue();
  }

  @Test
  void whoComesBackWasNeverAway() {
    started(100);
    for (int i = 0; i < 40; i++) {
      take(1_000, i, Kind.SILENT);
    }
    int told = facts.size();
    for (int i = 15; i < 40; i++) {
      take(2_000, i, Kind.HEARD);
    }
    assertThat(facts).hasSize(told);
    passes(1_000 + WINDOW);
    assertThat(facts).hasSize(told);
    assertThat(listed()).hasSize(85);
  }

  @Test
  void whoIsGivenUpWhileItIsHeldGoesWhenItMay() {
    started(20);
    for (int i = 0; i < 8; i++) {
      take(1_000, i, Kind.SILENT);
    }
    assertThat(listed()).hasSize(17);
    for (int i = 0; i < 8; i++) {
      take(30_000, i, Kind.EXPIRED);
    }
    assertThat(listed()).hasSize(17);
    assertThat(state.instances()).hasSize(17);

    passes(1_000 + WINDOW);
    assertThat(listed()).hasSize(15);
    passes(1_000 + 4 * WINDOW);
    assertThat(listed()).hasSize(12);
    assertThat(state.instances()).hasSize(12);
  }
}
