// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSchemasTest {
  @ParameterizedTest
  @CsvSource({
    "twinlog:data.collected/2, 2",
    "twinlog:data.collected/a%2Fb%20c, a/b c",
    "https://example.com/schemas/temperature/2.1, 2.1",
    "https://example.com/schemas/temperature/v3?format=json, 3",
    "urn:example:temperature:4, 4",
    "https://example.com/schemas/temperature.json, 1",
    "https://example.com:8080, 1",
    "https://example.com/v2/temperature, 1",
  })
  void readsTheVersionThatAUriTells(String uri, String version) {
    assertThat(DataSchemas.version(uri, "data.collected")).contains(version);
  }

  @ParameterizedTest
  @CsvSource({"twinlog:device.online/2", "twinlog:data.collected", "twinlog:data.collected/%zz"})
  void knowsOneOfOursThatIsNotOfTheType(String uri) {
    assertThat(DataSchemas.version(uri, "data.collected")).isEmpty();
  }

  @Test
  void writesWhatItReads() {
    for (String version : new String[] {"2", "v2", "2026-01-01", "a/b", "é %", "twinlog:"}) {
      String uri = DataSchemas.uri("acme.thing", version);
      assertThat(UriReference.of(uri)).isPresent();
      assertThat(DataSchemas.version(uri, "acme.thing")).contains(version);
    }
  }
}
