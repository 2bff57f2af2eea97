// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/**
 * A document that was read: its tree, and where the value lies whose exact bytes are kept.
 *
 * @param bytes the document
 * @param from offset of the kept value's first byte; -1: there is none
 * @param to offset after its last byte
 */
record Document(JsonNode root, byte[] bytes, int from, int to) {
  /** The kept value's bytes, unchanged. */
  byte[] kept() {
    return Arrays.copyOfRange(bytes, from, to);
  }
}
