// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static io.twinlog.router.RouterRig.header;
import static io.twinlog.testkit.IngressExamples.COMMAND;
import static io.twinlog.testkit.IngressExamples.EVENT;
import static io.twinlog.testkit.IngressExamples.replaced;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.OutputRecord;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.TickMark;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterTimeTest {
  private final SingleObject singleObject = new SingleObject();

  private RouterRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new RouterRig();
    rig.ticks(1_000);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static OutputRecord only(List<OutputRecord> outputs) {
    assertThat(outputs).hasSize(1);
    return outputs.get(0);
  }

  private static String letterOf(List<OutputRecord> outputs) {
    OutputRecord letter = only(outputs);
    assertThat(letter.topic()).isEqualTo("twinlog.dead-letters");
    return header(letter, "dlq.reason");
  }

  private Event eventOf(OutputRecord output) {
    return singleObject.decode(output.value(), Event.class);
  }

  @Test
  void flagsATimestampThatRunsAheadAndLeavesItAsItWas() throws Exception {
    long ahead = RouterRig.WALL + 5 * 60_000;

    OutputRecord onTheEdge =
        only(rig.event(replaced(EVENT, "\"2026-01-01T00:00:00.000Z\"", "" + ahead)));
    OutputRecord beyond =
        only(rig.event(replaced(EVENT, "\"2026-01-01T00:00:00.000Z\"", "" + (ahead + 1))));

    assertThat(header(onTheEdge, HeaderNames.FLAGS)).isEmpty();
    assertThat(header(beyond, HeaderNames.FLAGS)).isEqualTo("clock_skew");
    assertThat(eventOf(beyond).getTimestamp().toEpochMilli()).isEqualTo(ahead + 1);
  }

  @Test
  void judgesNoTimestampBeforeTheFirstTick() throws Exception {
    try (RouterRig fresh = new RouterRig()) {
      OutputRecord output =
          only(fresh.event(replaced(EVENT, "\"2026-01-01T00:00:00.000Z\"", "9999999999999")));

      assertThat(header(output, HeaderNames.FLAGS)).isEmpty();
      assertThat(header(output, HeaderNames.CLOCK)).isEqualTo("0/0/0");
      assertThat(only(fresh.event(replaced(EVENT, "60000", "0"))).topic())
          .isEqualTo("twinlog.events.domain");
    }
  }

  @Test
  void rejectsAnEventWhoseTimeToLiveHasPassed() throws Exception {
    assertThat(only(rig.event(replaced(EVENT, "60000", "1000"))).topic())
        .isEqualTo("twinlog.events.domain");

    List<OutputRecord> outputs = rig.event(replaced(EVENT, "60000", "999"));

    assertThat(letterOf(outputs)).isEqualTo("expired");
    assertThat(header(outputs.get(0), "dlq.errors")).contains("metadata.ttl", "999 ms");
  }

  @Test
  void forwardsTimeToEachPartitionOfEachInbox() throws Exception {
    List<OutputRecord> outputs = rig.ticks(2_000);

    List<String> places = new ArrayList<>();
    for (Topic inbox : Topic.INBOXES) {
      for (int partition = 0; partition < RouterRig.PARTITIONS; partition++) {
        places.add(inbox.in("twinlog.") + "/" + partition);
      }
    }
    // Once: the slower of the two partitions that are read here has moved once.
    assertThat(outputs)
        .extracting(output -> output.topic() + "/" + output.partition())
        .containsExactlyElementsOf(places);
    assertThat(outputs).allMatch(o -> header(o, HeaderNames.TYPE).equals("tick"));
    assertThat(outputs).allMatch(o -> o.key() == null);
    InboxTick told = singleObject.decode(outputs.get(0).value(), InboxTick.class);
    assertThat(told.getMarks()).extracting(TickMark::getClock).containsExactly(2_000L, 2_000L);
    assertThat(told.getSources()).hasSize(1);
  }

  @Test
  void doesNotForwardATickThatDoesNotAdvance() throws Exception {
    assertThat(rig.ticks(1_000)).isEmpty();
    assertThat(rig.ticks(500)).isEmpty();
  }

  @Test
  void keepsTheClocksOfPartitionsApart() throws Exception {
    rig.tick(Topic.INGRESS, 2, 9_000);

    assertThat(header(only(rig.event(EVENT)), HeaderNames.CLOCK)).startsWith("1/9000/");
    assertThat(header(only(rig.command(COMMAND)), HeaderNames.CLOCK)).startsWith("1/1000/");
  }

  @Test
  void keepsTheClocksOverARestoreWhicheverSubtaskReadsThem() throws Exception {
    OperatorSubtaskState kept = rig.snapshot();

    for (int subtask = 0; subtask < 2; subtask++) {
      try (RouterRig restored = new RouterRig(2, subtask, kept)) {
        assertThat(header(only(restored.event(EVENT)), HeaderNames.CLOCK)).startsWith("1/1000/");
        assertThat(header(only(restored.command(COMMAND)), HeaderNames.CLOCK))
            .startsWith("1/1000/");
        assertThat(header(only(restored.event(EVENT)), HeaderNames.RULES)).isEqualTo("5");
      }
    }
  }

  @Test
  void makesADeadLetterOfATickThatIsNone() throws Exception {
    Header tick = Header.of(HeaderNames.TYPE, HeaderNames.TICK);

    List<OutputRecord> outputs = rig.event(EVENT, tick);

    assertThat(letterOf(outputs)).isEqualTo("malformed");
    assertThat(header(outputs.get(0), "original.tl-type")).isEqualTo("tick");
    assertThat(letterOf(rig.event(null, null, List.of(tick)))).isEqualTo("malformed");
  }
}
