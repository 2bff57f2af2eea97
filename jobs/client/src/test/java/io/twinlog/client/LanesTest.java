// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.client.PublishResult.DeadLettered;
import io.twinlog.client.PublishResult.Published;
import io.twinlog.schemas.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits behind what, and in which order it goes. */
class LanesTest {
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final TestingRoad road = new TestingRoad();

  @AfterEach
  void end() {
    thread.shutdownNow();
  }

  /** A way to nowhere, on which events fail as often as a test says. */
  private static final class TestingRoad implements Lanes.Road {
    final Map<String, Integer> failures = new HashMap<>();
    final List<String> arrived = Collections.synchronizedList(new ArrayList<>());
    final List<String> givenUp = Collections.synchronizedList(new ArrayList<>());

    @Override
    public CompletableFuture<PublishResult> send(Outgoing event) {
      String text = text(event);
      int left = failures.getOrDefault(text, 0);
      failures.put(text, left - 1);
      if (left > 0) {
        return CompletableFuture.failedFuture(new TimeoutException("again " + left));
      }
      if (text.contains("huge")) {
        return CompletableFuture.failedFuture(new RecordTooLargeException("huge"));
      }
      arrived.add(text);
      return CompletableFuture.completedFuture(new Published(0, arrived.size()));
    }

    @Override
    public boolean isTransient(Throwable failure) {
      return failure instanceof TimeoutException;
    }

    @Override
    public CompletableFuture<PublishResult> giveUp(Outgoing event, Throwable failure) {
      givenUp.add(text(event));
      return CompletableFuture.completedFuture(new DeadLettered("there", failure));
    }
  }

  private static String text(Outgoing event) {
    return new String(event.message.value(), UTF_8);
  }

  private static Outgoing event(String key, String text) {
    return new Outgoing(
        new ProducerRecord<>("t", key == null ? null : key.getBytes(UTF_8), text.getBytes(UTF_8)),
        Priority.NORMAL,
        () -> text);
  }

  private Lanes lanes(RetryPolicy policy) {
    return new Lanes(road, policy, thread);
  }

  private static List<PublishResult> results(List<Outgoing> events) {
    return events.stream().map(event -> event.result.join()).toList();
  }

  @Test
  void whatFailsIsTriedAgainAndTheLaterOnesOfItsKeyWaitBehindIt() throws Exception {
    road.failures.put("a-1", 3);
    Lanes lanes = lanes(RetryPolicy.delayed(3, Duration.ofMillis(20), Duration.ofMillis(20)));
    Outgoing first = event("a", "a-1");
    lanes.add(first);
    thread.submit(() -> {}).get();

    List<Outgoing> later = List.of(event("a", "a-2"), event("b", "b-1"), event("a", "a-3"));
    later.forEach(lanes::add);

    assertThat(road.arrived).as("no other key waits").contains("b-1").doesNotContain("a-2");
    assertThat(results(later)).allMatch(Published.class::isInstance);
    assertThat(first.result.join()).isInstanceOf(Published.class);
    assertThat(road.arrived).containsExactly("b-1", "a-1", "a-2", "a-3");
    assertThat(lanes.retries()).isEqualTo(3);
  }

  @Test
  void whatWasUnderWayAndFailsTooComesAfterIt() {
    road.failures.putAll(Map.of("a-1", 1, "a-2", 1));
    Lanes lanes = lanes(RetryPolicy.delayed(1, Duration.ofMillis(20), Duration.ofMillis(20)));
    CountDownLatch judged = new CountDownLatch(1);
    thread.execute(() -> await(judged));

    List<Outgoing> events = List.of(event("a", "a-1"), event("a", "a-2"), event("a", "a-3"));
    events.forEach(lanes::add);
    judged.countDown();

    assertThat(results(events)).allMatch(Published.class::isInstance);
    assertThat(road.arrived).containsExactly("a-3", "a-1", "a-2");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatHasHadItsAttemptsIsGivenUpAndWhatWaitedBehindItToo() throws Exception {
    road.failures.put("a-1", 9);
    Lanes lanes = lanes(RetryPolicy.delayed(2, Duration.ofMillis(50), Duration.ofMillis(50)));
    Outgoing first = event("a", "a-1");
    lanes.add(first);
    thread.submit(() -> {}).get();
    Outgoing second = event("a", "a-2");
    lanes.add(second);

    assertThat(results(List.of(first, second))).allMatch(DeadLettered.class::isInstance);
    assertThat(road.givenUp).containsExactly("a-1", "a-2");
    assertThat(road.failures).containsEntry("a-1", 6);
    Outgoing third = event("a", "a-3");
    lanes.add(third);
    assertThat(third.result.join()).as("who comes later tries anew").isInstanceOf(Published.class);
  }

  @Test
  void whatIsRefusedIsGivenUpAloneAndTheNextOneGoes() throws Exception {
    Lanes lanes = lanes(RetryPolicy.immediate(2));
    CountDownLatch judged = new CountDownLatch(1);
    thread.execute(() -> await(judged));
    List<Outgoing> events = List.of(event("a", "huge"), event("a", "huge-2"), event("a", "a-1"));
    events.forEach(lanes::add);
    judged.countDown();

    assertThat(results(events).subList(0, 2)).allMatch(DeadLettered.class::isInstance);
    assertThat(events.get(2).result.join()).isInstanceOf(Published.class);
  }

  @Test
  void whatNoAttemptCanHelpIsGivenUpAtOnce() {
    Lanes lanes = lanes(RetryPolicy.immediate(9));
    Outgoing huge = event(null, "huge");

    lanes.add(huge);

    assertThat(huge.result.join()).isInstanceOf(DeadLettered.class);
    assertThat(lanes.retries()).isZero();
  }

  @Test
  void waitsForWhatIsTriedAgain() {
    road.failures.put("a-1", 2);
    Lanes lanes = lanes(RetryPolicy.delayed(2, Duration.ofMillis(20), Duration.ofMillis(20)));
    lanes.add(event("a", "a-1"));

    lanes.awaitThoseThatFailed();

    assertThat(road.arrived).containsExactly("a-1");
  }

  @Test
  void atTheEndAllThatWaitsIsGivenUpInItsOrder() throws Exception {
    road.failures.put("a-0", 1);
    Lanes lanes = lanes(RetryPolicy.delayed(1, Duration.ofHours(1), Duration.ofHours(1)));
    List<Outgoing> events = new ArrayList<>(List.of(event("a", "a-0")));
    lanes.add(events.get(0));
    thread.submit(() -> {}).get();
    for (int i = 1; i < 5_000; i++) {
      events.add(event("a", "a-" + i));
      lanes.add(events.get(i));
    }

    lanes.close();
    lanes.awaitThoseThatFailed();

    assertThat(results(events)).allMatch(DeadLettered.class::isInstance);
    assertThat(road.givenUp).isEqualTo(events.stream().map(LanesTest::text).toList());
  }

  @Test
  void whatFailsAfterTheEndHasAResultAllTheSame() {
    Lanes lanes = lanes(RetryPolicy.immediate(1));
    thread.shutdown();
    Outgoing late = event(null, "huge");

    lanes.add(late);

    assertThat(late.result.join()).isInstanceOf(PublishResult.Failed.class);
  }
}
