// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.wire.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A record in a partition of a simulated topic.
 *
 * @param key null: it has none
 * @param value null: a tombstone
 */
record LogEntry(long offset, byte[] key, byte[] value, List<Header> headers) {
  /** The key as text; empty where there is none. */
  String keyText() {
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }

  Optional<String> header(String name) {
    return Header.text(headers, name);
  }
}
