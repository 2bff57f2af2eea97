// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes origins as {@link Origin} does, for one writer: what records of the same partition have in
 * common is written once. Not for threads to share.
 */
final class OriginText {
  /** Of a number of 64 bits, with its sign. */
  private static final int DIGITS_MAX = 20;

  private final String writer;

  private String topicId = "";
  private int partition = -1;
  private byte[] text = {};
  private int common;

  OriginText(String writer) {
    this.writer = writer;
  }

  byte[] of(String originTopicId, InboxRecord.Place place, int index) {
    if (place.partition() != partition || !originTopicId.equals(topicId)) {
      topicId = originTopicId;
      partition = place.partition();
      begin();
    }
    int end = number(place.offset(), common);
    text[end++] = '/';
    return Arrays.copyOf(text, number(index, end));
  }

  private void begin() {
    byte[] beginning =
        (writer + '/' + topicId + '/' + partition + '/').getBytes(StandardCharsets.US_ASCII);
    common = beginning.length;
    text = Arrays.copyOf(beginning, common + DIGITS_MAX + 1 + DIGITS_MAX);
  }

  /** Writes it from there on; where it ends. */
  private int number(long value, int from) {
    if (value < 0) {
      byte[] signed = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(signed, 0, text, from, signed.length);
      return from + signed.length;
    }
    int end = from + 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      end++;
    }
    long rest = value;
    for (int i = end - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }
}
