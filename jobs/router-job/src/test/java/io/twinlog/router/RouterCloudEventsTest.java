// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static io.twinlog.router.RouterRig.header;
import static io.twinlog.router.RouterRig.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.OutputRecord;
import io.twinlog.schemas.Event;
import io.twinlog.testkit.CloudEventExamples;
import io.twinlog.testkit.IngressExamples;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterCloudEventsTest {
  private static final byte[] KEY = "producer".getBytes(UTF_8);

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

  private OutputRecord routed(String value, List<Header> headers) throws Exception {
    List<OutputRecord> outputs = rig.event(KEY, value.getBytes(UTF_8), headers);
    assertThat(outputs).hasSize(1);
    return outputs.get(0);
  }

  private static Event eventOf(OutputRecord output) {
    return new SingleObject().decode(output.value(), Event.class);
  }

  @Test
  void writesOneEventWhateverItCameIn() throws Exception {
    String envelope =
        "{\"id\":\"e-1\",\"event_type\":\"data.collected\",\"source\":{\"service_id\":\"gw-1\","
            + "\"component_id\":\"d-1\"},\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{"
            + "\"payload\":"
            + CloudEventExamples.DATA
            + "}}";
    OutputRecord plain = routed(envelope, List.of());

    OutputRecord structured =
        routed(CloudEventExamples.STRUCTURED, List.of(CloudEventExamples.structured()));
    OutputRecord binary = routed(CloudEventExamples.DATA, CloudEventExamples.binary(""));

    for (OutputRecord output : List.of(structured, binary)) {
      assertThat(output.topic()).isEqualTo("twinlog.events.domain");
      assertThat(key(output)).isEqualTo("d-1");
      assertThat(output.partition()).isEqualTo(plain.partition());
      assertThat(output.value()).isEqualTo(plain.value());
      assertThat(header(output, HeaderNames.TYPE)).isEqualTo("data.collected");
    }
  }

  @Test
  void letsNoHeaderOfAProducerIntoAnInbox() throws Exception {
    OutputRecord output =
        routed(
            CloudEventExamples.DATA,
            CloudEventExamples.binary("", Header.of("ce_traceparent", "00-a-b-01")));

    assertThat(output.headers())
        .extracting(Header::key)
        .allMatch(name -> name.startsWith("tl-") || name.equals("traceparent"));
    assertThat(header(output, HeaderNames.TRACEPARENT)).isEqualTo("00-a-b-01");
  }

  /** The fast road would take the value, and see none of the headers. */
  @Test
  void takesOurEnvelopeForDataWhereHeadersSayThatItIsACloudEvent() throws Exception {
    OutputRecord letter =
        routed(IngressExamples.EVENT, CloudEventExamples.binary("ce_id", Header.of("x", "1")));
    OutputRecord event =
        routed(
            IngressExamples.EVENT,
            CloudEventExamples.binary("ce_type", Header.of("ce_type", "acme.relayed")));

    assertThat(header(letter, "dlq.errors")).contains("missing_field", "\"path\":\"id\"");
    assertThat(eventOf(event).getEventType()).isEqualTo("acme.relayed");
    assertThat(event.topic()).isEqualTo("twinlog.events.integration");
  }

  @Test
  void keepsBytesAndHeadersOfOneThatItCannotRead() throws Exception {
    List<Header> headers =
        CloudEventExamples.binary("ce_time", Header.of("tl-origin", "x"), Header.of("a", "b"));

    OutputRecord letter = routed(CloudEventExamples.DATA, headers);

    assertThat(letter.topic()).isEqualTo("twinlog.dead-letters");
    assertThat(header(letter, "dlq.reason")).isEqualTo("invalid_envelope");
    assertThat(letter.value()).asString().isEqualTo(CloudEventExamples.DATA);
    assertThat(letter.headers().subList(0, 8))
        .extracting(Header::key)
        .containsExactly(
            "ce_specversion",
            "ce_id",
            "ce_type",
            "ce_source",
            "ce_subject",
            "content-type",
            "original.tl-origin",
            "a");
  }

  @Test
  void expiresOneByItsTtl() throws Exception {
    List<Header> headers = CloudEventExamples.binary("", Header.of("ce_ttl", "10"));

    assertThat(header(routed(CloudEventExamples.DATA, headers), "dlq.reason")).isEqualTo("expired");
  }

  @Test
  void readsNoCommandFromACloudEvent() throws Exception {
    List<OutputRecord> outputs =
        rig.send(
            io.twinlog.wire.Topic.COMMANDS,
            1,
            KEY,
            IngressExamples.COMMAND.getBytes(UTF_8),
            List.of(CloudEventExamples.structured()));

    assertThat(header(outputs.get(0), "dlq.errors")).contains("a command is no CloudEvent");
  }
}
