// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import io.twinlog.wire.Header;
import java.util.ArrayList;
import java.util.List;

/** One good CloudEvent in both modes, for tests to start from. It holds nothing unusual. */
public final class CloudEventExamples {
  /** What it tells. */
  public static final String DATA = "{\"data\":{\"temperature\":21.5}}";

  /** In structured mode. */
  public static final String STRUCTURED =
      "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"type\":\"data.collected\",\"source\":\"gw-1\","
          + "\"subject\":\"d-1\",\"time\":\"2026-01-01T00:00:00Z\",\"data\":"
          + DATA
          + "}";

  private CloudEventExamples() {}

  /** The header that the structured mode must have. */
  public static Header structured() {
    return contentType("application/cloudevents+json");
  }

  public static Header contentType(String type) {
    return Header.of("content-type", type);
  }

  /** The headers of the binary mode, without the one named, and with others. */
  public static List<Header> binary(String without, Header... with) {
    List<Header> headers = new ArrayList<>();
    headers.add(Header.of("ce_specversion", "1.0"));
    headers.add(Header.of("ce_id", "e-1"));
    headers.add(Header.of("ce_type", "data.collected"));
    headers.add(Header.of("ce_source", "gw-1"));
    headers.add(Header.of("ce_subject", "d-1"));
    headers.add(Header.of("ce_time", "2026-01-01T00:00:00Z"));
    headers.add(contentType("application/json"));
    headers.removeIf(header -> header.key().equals(without));
    headers.addAll(List.of(with));
    return headers;
  }
}
