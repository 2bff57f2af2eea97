// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.nio.charset.StandardCharsets;

/**
 * Which input caused an output, and which of its outputs it is: header {@code tl-origin}, written
 * {@code writer/topic id/partition/offset/index}. The input is the record that the writer itself
 * read, so that each hop leads back to the one before it, down to the source topics.
 *
 * @param writer job that wrote the output; without a slash
 * @param topicId Kafka's id of the topic that was read, base64url
 * @param index 0 for the first output of that input, then +1 each
 */
public record Origin(String writer, String topicId, int partition, long offset, int index) {
  public byte[] toBytes() {
    return toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when it is not five parts, or a number is none
   */
  public static Origin parse(byte[] text) {
    String[] parts = new String(text, StandardCharsets.US_ASCII).split("/", -1);
    if (parts.length != 5) {
      throw new IllegalArgumentException(
          "an origin has five parts, writer/topic id/partition/offset/index: "
              + String.join("/", parts));
    }
    return new Origin(
        parts[0],
        parts[1],
        Integer.parseInt(parts[2]),
        Long.parseLong(parts[3]),
        Integer.parseInt(parts[4]));
  }

  @Override
  public String toString() {
    return writer + '/' + topicId + '/' + partition + '/' + offset + '/' + index;
  }
}
