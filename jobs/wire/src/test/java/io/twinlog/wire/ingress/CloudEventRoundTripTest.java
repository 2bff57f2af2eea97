// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.schemas.Event;
import io.twinlog.wire.Header;
import io.twinlog.wire.cloudevents.CloudEvents;
import io.twinlog.wire.json.ExactJson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever ingress accepts can be written as a CloudEvent, and is read again as the same event. */
class CloudEventRoundTripTest {
  private static final int EVENTS = 1_500;

  private final EventDecoder decoder =
      new EventDecoder(new Catalogue(false), DecoderLimits.DEFAULT);

  private Event read(byte[] value, List<Header> headers) {
    Decoded<Event> decoded = decoder.decodeRecord(value, headers);
    assertThat(decoded).as(new String(value, UTF_8)).isInstanceOf(Decoded.Valid.class);
    return ((Decoded.Valid<Event>) decoded).value();
  }

  private Event readStructured(String document) {
    return read(document.getBytes(UTF_8), List.of(CloudEventExamples.STRUCTURED_JSON));
  }

  @Test
  void readsEveryEventThatItWroteInStructuredMode() {
    EventSamples samples = new EventSamples(1);
    for (int i = 0; i < EVENTS; i++) {
      Event event = samples.next();

      assertThat(readStructured(CloudEvents.structured(event))).isEqualTo(event);
    }
  }

  @Test
  void readsEveryEventThatItWroteInBinaryMode() {
    EventSamples samples = new EventSamples(2);
    for (int i = 0; i < EVENTS; i++) {
      Event event = samples.next();
      CloudEvents.Binary binary = CloudEvents.binary(event);

      assertThat(read(binary.value(), binary.headers())).isEqualTo(event);
    }
  }

  /** From the other side: nothing changes that an event can say, once it has been through. */
  @Test
  void writesEveryCloudEventAgainThatItRead() {
    EventSamples samples = new EventSamples(3);
    for (int i = 0; i < EVENTS; i++) {
      String document = CloudEvents.structured(samples.next());

      assertThat(CloudEvents.structured(readStructured(document))).isEqualTo(document);
    }
  }

  @Test
  void writesACloudEventOfOthersAgainButForWhatItCannotSay() {
    ObjectNode others =
        (ObjectNode)
            ExactJson.read(
                "{\"specversion\":\"1.0\",\"id\":\"A234-1234\",\"source\":\"https://x.example/gw%20/d-1\","
                    + "\"type\":\"com.example.reading\",\"time\":\"2026-01-01T01:00:00.1234+01:00\","
                    + "\"dataschema\":\"https://x.example/reading/v2\",\"sequence\":\"42\","
                    + "\"priority\":\"NORMAL\",\"ttl\":\"5\",\"acmecolour\":\"red\","
                    + "\"datacontenttype\":\"application/vnd.acme+json;v=1\",\"data\":{\"a\":1}}");

    String again = CloudEvents.structured(readStructured(others.toString()));

    others
        .put("source", "https://x.example/gw%20")
        .put("subject", "d-1")
        .put("time", "2026-01-01T00:00:00.123Z")
        .put("dataschema", "twinlog:com.example.reading/2")
        .put("sequence", "0000000000000000042")
        .put("ttl", 5)
        .put("datacontenttype", "application/json")
        .remove(List.of("acmecolour", "priority"));
    assertThat(ExactJson.read(again)).isEqualTo(others);
  }
}
