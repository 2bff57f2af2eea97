// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.flink.OutputRecord;
import io.twinlog.schemas.Event;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an event that has a handler, and of one whose handler fails. */
class HandlingTest {
  private RouterRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new RouterRig();
    rig.ticks(1_000);
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  private List<OutputRecord> collected(String what) throws Exception {
    return event("data.collected", "{\"device_id\":\"d-1\",\"data\":{\"do\":\"" + what + "\"}}");
  }

  private List<OutputRecord> event(String type, String payload) throws Exception {
    return rig.event(
        ("{\"id\":\"e-1\",\"event_type\":\"%s\",\"source\":{\"service_id\":\"gw\",\"component_id\":\"d-1\"},"
                + "\"timestamp\":\"2026-01-01T00:00:00Z\",\"metadata\":{\"session_id\":\"s-1\",\"sequence\":7},"
                + "\"data\":{\"payload\":%s}}")
            .formatted(type, payload));
  }

  private static Event opened(OutputRecord record) {
    return new SingleObject().decode(record.value(), Event.class);
  }

  private static String header(OutputRecord record, String name) {
    return Header.text(record.headers(), name).orElse("");
  }

  @Test
  void passesAnEventOnThatItsHandlerLeavesUnchanged() throws Exception {
    assertThat(collected("nothing"))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.topic()).isEqualTo("twinlog.events.domain");
              assertThat(opened(record).getId()).isEqualTo("e-1");
              assertThat(header(record, HeaderNames.FAILED)).isEmpty();
            });
  }

  @Test
  void writesWhatTheHandlerMakesOfIt() throws Exception {
    List<OutputRecord> outputs = collected("two");

    assertThat(outputs).hasSize(2);
    Event first = opened(outputs.get(0));
    Event second = opened(outputs.get(1));
    assertThat(first.getEventType()).isEqualTo("device.heartbeat");
    assertThat(first.getMetadata().getCausationId()).isEqualTo("e-1");
    assertThat(first.getMetadata().getCorrelationId()).isEqualTo("e-1");
    assertThat(first.getMetadata().getSequence()).isEqualTo(7);
    assertThat(second.getMetadata().getSequence()).isNull();
    assertThat(second.getId()).isNotEqualTo(first.getId());
    assertThat(opened(collected("two").get(1)).getId()).isEqualTo(second.getId());
  }

  @Test
  void writesNothingOfAnEventThatIsDiscarded() throws Exception {
    assertThat(collected("discard")).isEmpty();
  }

  @Test
  void makesADeadLetterOfALowFailure() throws Exception {
    OutputRecord letter = collected("low").get(0);

    assertThat(header(letter, "dlq.reason")).isEqualTo("handler_failed");
    assertThat(header(letter, "dlq.errors")).contains("TestingHandler: not this one");
  }

  @Test
  void sendsAMediumFailureToWhereItsKeyWaits() throws Exception {
    OutputRecord record = collected("medium").get(0);

    assertThat(record.topic()).isEqualTo("twinlog.events.domain");
    assertThat(opened(record).getId()).isEqualTo("e-1");
    assertThat(header(record, HeaderNames.FAILED)).isEqualTo("TestingHandler: no route to host");
  }

  @Test
  void takesADefectForAMediumFailure() throws Exception {
    assertThat(header(collected("defect").get(0), HeaderNames.FAILED)).contains("a defect");
  }

  @Test
  void letsNoHandlerWriteForAnotherDevice() throws Exception {
    assertThat(header(collected("stranger").get(0), HeaderNames.FAILED))
        .contains("device.heartbeat is not of d-1");
  }

  @Test
  void letsNoHandlerWriteWhatTheRouterWouldNotTake() throws Exception {
    assertThat(header(collected("unsound").get(0), HeaderNames.FAILED))
        .contains("unknown_event_type");
  }

  @Test
  void letsNoHandlerWriteWhatTheRulesDoNotTake() throws Exception {
    rig.close();
    rig = new RouterRig(base -> RuleBook.of(TestingRules.requiring("device.heartbeat")), null);

    assertThat(header(collected("two").get(0), HeaderNames.FAILED))
        .contains("an output of its is not sound", "too hot");
  }

  @Test
  void endsTheJobOnAHighFailure() {
    assertThatThrownBy(() -> collected("high"))
        .isInstanceOf(SuppressRestartsException.class)
        .hasRootCauseMessage("a handler ends the job: TestingHandler: the key is gone");
  }

  @Test
  void makesADeadLetterOfAMediumFailureThatNoKeyCanWaitFor() throws Exception {
    OutputRecord letter = event(TestingHandler.INTEGRATION, "{\"do\":\"medium\"}").get(0);

    assertThat(header(letter, "dlq.reason")).isEqualTo("handler_failed");
  }

  @Test
  void letsTheHandlerOfAnEventWithoutAnAggregateWriteForAnyone() throws Exception {
    assertThat(event(TestingHandler.INTEGRATION, "{\"do\":\"stranger\"}"))
        .singleElement()
        .satisfies(record -> assertThat(record.topic()).isEqualTo("twinlog.events.domain"));
  }

  @Test
  void letsAMediumFailureOfASystemEventWaitWithItsService() throws Exception {
    OutputRecord record = event(TestingHandler.SYSTEM, "{\"service_id\":\"medium\"}").get(0);

    assertThat(record.topic()).isEqualTo("twinlog.events.system");
    assertThat(header(record, HeaderNames.FAILED)).startsWith("TestingHandler");
  }

  @Test
  void letsWaitWhatWasReadWhateverTheHandlerHasDoneToIt() throws Exception {
    OutputRecord record = collected("spoil").get(0);

    assertThat(header(record, HeaderNames.FAILED)).contains("spoilt");
    assertThat(opened(record).getEventType()).isEqualTo("data.collected");
    assertThat(opened(record).getData().getPayload().remaining()).isPositive();
  }
}
