// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import java.util.HexFormat;

/**
 * A record that the job must write.
 *
 * @param topic without the prefix
 * @param type of a dead letter its reason
 * @param content the value in hex, or {@code tombstone}
 * @param clock as the header has it
 */
record Expected(
    String topic, String key, String type, String writer, String content, String clock) {
  static String content(byte[] value) {
    return value == null ? "tombstone" : HexFormat.of().formatHex(value);
  }
}
