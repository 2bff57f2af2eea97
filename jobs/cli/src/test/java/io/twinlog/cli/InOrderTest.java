// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InOrderTest {
  /** Keeps what it is given, until it is told to fail. */
  private static final class TestingSink implements InOrder.Sink<String> {
    private final List<String> outcomes = new ArrayList<>();

    @Override
    public void accept(String outcome) {
      if (outcome.equals("bad")) {
        throw new IllegalStateException("bad");
      }
      outcomes.add(outcome);
    }

    @Override
    public void pause() {}
  }

  private final TestingSink sink = new TestingSink();

  @Test
  void handsOnInTheOrderOfSubmission() {
    InOrder<String> inOrder = new InOrder<>(10, sink);
    CompletableFuture<String> first = new CompletableFuture<>();
    inOrder.submit(first);
    inOrder.submit(CompletableFuture.completedFuture("second"));
    first.complete("first");
    inOrder.finish();
    assertThat(sink.outcomes).containsExactly("first", "second");
  }

  @Test
  void tellsWhatTheSinkThrewAndGivesItNoMore() {
    InOrder<String> inOrder = new InOrder<>(1, sink);
    inOrder.submit(CompletableFuture.completedFuture("bad"));
    inOrder.submit(CompletableFuture.completedFuture("later"));
    assertThat(inOrder.submit(CompletableFuture.completedFuture("latest"))).isFalse();
    assertThatThrownBy(inOrder::finish).hasMessage("bad");
    assertThat(sink.outcomes).isEmpty();
  }
}
