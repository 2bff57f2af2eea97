// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A header of a Kafka record, free of Kafka's classes. Equality is that of its array, by identity:
 * headers are carried, not compared.
 *
 * @param value may be null, as on Kafka
 */
public record Header(String key, byte[] value) {
  /** A header with a text value, in UTF-8. */
  public static Header of(String key, String value) {
    return new Header(key, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Text of the last header of that name, as Kafka's own lookup; empty: none, or a null value. */
  public static Optional<String> text(List<Header> headers, String key) {
    byte[] last = null;
    for (Header header : headers) {
      if (header.key.equals(key)) {
        last = header.value;
      }
    }
    return Optional.ofNullable(last).map(value -> new String(value, StandardCharsets.UTF_8));
  }
}
