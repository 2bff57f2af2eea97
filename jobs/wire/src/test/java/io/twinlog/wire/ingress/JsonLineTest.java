// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Priority;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'specversion':'1.0','source':'gw','subject':'d','data':{'device_id':'p'}} | p | true",
        "{'specversion':'1.0','source':'gw','subject':'d','data':7}                 | d | true",
        "{'specversion':'1.0','source':'/gw/d%201'}                          | d 1 | true",
        "{'specversion':'1.0','source':'a b','subject':'d'}                         | d | true",
        "{'specversion':0.3}                                                        |   | true",
        "{'specversion':'1.0','event_type':'a.b','source':{'component_id':'c'}}     | c | false",
        "{'id':'e','data':{'payload':{'device_id':'p'}}}                            | p | false",
        "[]                                                                         |   | false",
        "no JSON                                                                    |   | false",
      })
  void tellsWhoseAnEventIsAndWhetherItIsACloudEvent(String line, String device, boolean cloud) {
    assertThat(JsonLine.of(line.replace('\'', '"').getBytes(UTF_8)))
        .isEqualTo(new JsonLine(Optional.ofNullable(device), cloud, Priority.NORMAL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'metadata':{'priority':'HIGH'}}                        | HIGH",
        "{'metadata':{'priority':'highest'}}                     | NORMAL",
        "{'specversion':'1.0','priority':'low'}                  | LOW",
      })
  void tellsHowUrgentAnEventIs(String line, Priority priority) {
    assertThat(JsonLine.of(line.replace('\'', '"').getBytes(UTF_8)).priority()).isEqualTo(priority);
  }

  @Test
  void findsTheDeviceThatTheDecoderFinds() {
    EventDecoder decoder = new EventDecoder(new Catalogue(false), DecoderLimits.DEFAULT);
    byte[] line = CloudEventExamples.STRUCTURED.getBytes(UTF_8);
    var event = ((Decoded.Valid<?>) decoder.decode(line, "application/cloudevents+json")).value();

    assertThat(DeviceIds.ofLine(line))
        .contains(DeviceIds.of((io.twinlog.schemas.Event) event))
        .contains("d-1");
  }
}
