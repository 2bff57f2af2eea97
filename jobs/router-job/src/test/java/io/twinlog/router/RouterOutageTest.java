// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.Outage;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An outage that ticks tell of becomes one event, and saved state belongs to its topics. */
class RouterOutageTest {
  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Outage FIRST = new Outage(2_001L, BEGAN, BEGAN.plusSeconds(60));
  private static final Outage SECOND = new Outage(9_001L, BEGAN, BEGAN.plusSeconds(600));

  private RouterRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new RouterRig();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static List<OutputRecord> told(List<OutputRecord> outputs) {
    return outputs.stream()
        .filter(
            output ->
                Header.text(output.headers(), HeaderNames.TYPE)
                    .filter("system.ingest_outage"::equals)
                    .isPresent())
        .toList();
  }

  @Test
  void tellsOfAnOutageOnce() throws Exception {
    rig.tick(Topic.INGRESS, 0, 1_000);

    List<OutputRecord> outputs = told(rig.tick(Topic.INGRESS, 0, 2_001, FIRST));
    List<OutputRecord> later = told(rig.tick(Topic.INGRESS, 0, 3_000, FIRST));

    assertThat(outputs).hasSize(1);
    assertThat(later).isEmpty();
    assertThat(outputs.get(0).topic()).isEqualTo("twinlog.events.error");
    assertThat(Header.text(outputs.get(0).headers(), HeaderNames.ORIGIN))
        .contains("router/id-of-ingress/0/1/0");
    Event event = new SingleObject().decode(outputs.get(0).value(), Event.class);
    assertThat(event.getId()).isEqualTo("outage/2001");
    assertThat(new String(event.getData().getPayload().array(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"error\":{\"code\":\"ingest_outage\",\"severity\":\"high\",\"message\":"
                + "\"for 60 s not every partition of ingress and commands took records\"},"
                + "\"began\":\"2026-01-01T00:00:00.000Z\",\"ended\":\"2026-01-01T00:01:00.000Z\","
                + "\"clock\":2001}");
  }

  @Test
  void tellsOfTheNextOne() throws Exception {
    rig.tick(Topic.INGRESS, 0, 2_001, FIRST);

    assertThat(told(rig.tick(Topic.INGRESS, 0, 9_001, SECOND))).hasSize(1);
  }

  @Test
  void tellsOfOneThatItHearsOfLate() throws Exception {
    rig.tick(Topic.INGRESS, 0, 1_000);

    assertThat(told(rig.tick(Topic.INGRESS, 0, 5_000, FIRST)))
        .as("the tick that noticed it never reached this partition")
        .hasSize(1);
  }

  @Test
  void onePartitionTellsForAll() throws Exception {
    assertThat(told(rig.tick(Topic.INGRESS, 1, 2_001, FIRST))).isEmpty();
    assertThat(told(rig.tick(Topic.COMMANDS, 0, 2_001, FIRST))).isEmpty();
  }

  @Test
  void aTickThatIsIgnoredTellsNothing() throws Exception {
    rig.tick(Topic.INGRESS, 0, 5_000);

    assertThat(told(rig.tick(Topic.INGRESS, 0, 4_000, FIRST))).isEmpty();
  }

  @Test
  void nobodyElseMayTellOfOne() throws Exception {
    rig.ticks(1_000);

    List<OutputRecord> outputs =
        rig.event(
            "{\"id\":\"x\",\"event_type\":\"system.ingest_outage\",\"source\":"
                + "{\"service_id\":\"twinlog\",\"component_id\":\"clock\"},\"timestamp\":0,"
                + "\"data\":{\"payload\":{}}}");

    assertThat(Header.text(outputs.get(0).headers(), "dlq.reason")).contains("unknown_event_type");
  }

  @Test
  void refusesTheSavedStateOfATopicThatWasReplaced() throws Exception {
    rig.tick(Topic.INGRESS, 0, 1_000);
    OperatorSubtaskState saved = rig.snapshot();
    Map<String, TopicDirectory.Entry> entries = new HashMap<>(RouterRig.TOPICS.entries());
    entries.put("ingress", new TopicDirectory.Entry("twinlog.ingress", "another-id", 4));
    OneInputStreamOperatorTestHarness<?, ?> harness =
        new OneInputStreamOperatorTestHarness<>(
            RouterJob.operator(new Configuration(), new TopicDirectory(entries)));
    harness.setup();

    assertThatThrownBy(() -> harness.initializeState(saved))
        .rootCause()
        .hasMessageContaining("was replaced")
        .hasMessageContaining("id-of-ingress")
        .hasMessageContaining("clock.accept-new-topic");
  }
}
