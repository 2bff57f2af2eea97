// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a dead letter within what its topic takes: a batch that was compressed, or thousands of
 * headers that are renamed, make it larger than any record on ingress may be, and a sink that is
 * refused a record stops the job for ever. What does not fit is left out, and said so; where the
 * original stands is in the headers that stay.
 */
final class DeadLetterSize {
  private static final int OVERHEAD = 128;
  private static final int OVERHEAD_OF_A_HEADER = 10;
  private static final String OURS_BEGIN = DeadLetterHeaders.CONNECT + "topic";

  private DeadLetterSize() {}

  /** The record itself where it fits. */
  static OutputRecord fitted(OutputRecord letter) {
    return fitted(letter, TopicChecks.OUTPUT_BYTES_MAX);
  }

  static OutputRecord fitted(OutputRecord letter, int bytesMax) {
    if (bytes(letter) <= bytesMax) {
      return letter;
    }
    List<Header> ours = ours(letter.headers());
    OutputRecord bare = with(letter, letter.key(), letter.value(), ours, "headers");
    if (bytes(bare) <= bytesMax) {
      return bare;
    }
    OutputRecord empty = with(letter, letter.key(), null, ours, "headers,value");
    return bytes(empty) <= bytesMax ? empty : with(letter, null, null, ours, "headers,value,key");
  }

  private static OutputRecord with(
      OutputRecord letter, byte[] key, byte[] value, List<Header> headers, String leftOut) {
    List<Header> more = new ArrayList<>(headers);
    more.add(Header.of(DeadLetterHeaders.LEFT_OUT, leftOut));
    return new OutputRecord(letter.topic(), letter.partition(), key, value, more);
  }

  /** Ours follow the original ones, of which none can have the name of our first. */
  private static List<Header> ours(List<Header> headers) {
    int first = 0;
    while (first < headers.size() && !headers.get(first).key().equals(OURS_BEGIN)) {
      first++;
    }
    return headers.subList(first, headers.size());
  }

  /** At most this many, as a producer counts: uncompressed, with the frame of a batch. */
  static long bytes(OutputRecord record) {
    long bytes = OVERHEAD + length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      bytes += OVERHEAD_OF_A_HEADER + length(header.value());
      bytes += header.key().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
