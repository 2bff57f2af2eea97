// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Reason;
import io.twinlog.wire.Attempt;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.Header;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;

class DeadLetterSizeTest {
  private static final int BYTES_MAX = 100_000;

  private static OutputRecord letter(byte[] key, byte[] value, List<Header> original) {
    DeadLetterHeaders headers =
        new DeadLetterHeaders(
            "twinlog.ingress",
            1,
            42,
            "router",
            DeadLetterReason.TOO_LARGE,
            List.of(new Reason("too_large", "", "too large")),
            Attempt.first(Ticks.WALL));
    List<Header> all = new ArrayList<>(headers.after(original));
    all.add(Header.of("tl-origin", "router/t/1/42/0"));
    return new OutputRecord("dead-letters", 0, key, value, all);
  }

  private static long asKafkaCounts(OutputRecord record) {
    org.apache.kafka.common.header.Header[] headers =
        record.headers().stream()
            .map(header -> new RecordHeader(header.key(), header.value()))
            .toArray(org.apache.kafka.common.header.Header[]::new);
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        Compression.NONE.type(),
        record.key(),
        record.value(),
        headers);
  }

  private static String leftOut(OutputRecord record) {
    return Header.text(record.headers(), DeadLetterHeaders.LEFT_OUT).orElse("");
  }

  private static void assertSaysWhereTheOriginalStands(OutputRecord record) {
    assertThat(Header.text(record.headers(), "dlq.reason")).contains("too_large");
    assertThat(Header.text(record.headers(), "__connect.errors.topic")).contains("twinlog.ingress");
    assertThat(Header.text(record.headers(), "__connect.errors.offset")).contains("42");
    assertThat(Header.text(record.headers(), "tl-origin")).isPresent();
  }

  @Test
  void leavesALetterAloneThatFits() {
    OutputRecord letter = letter(new byte[10], new byte[90_000], List.of(Header.of("a", "1")));

    assertThat(DeadLetterSize.fitted(letter, BYTES_MAX)).isSameAs(letter);
  }

  @Test
  void neverCountsLessThanKafka() {
    List<Header> many = Collections.nCopies(500, new Header("ü", null));
    for (OutputRecord letter :
        List.of(
            letter(null, null, List.of()),
            letter(new byte[0], new byte[0], List.of(new Header("", null))),
            letter(new byte[200], new byte[70_000], many))) {
      assertThat(DeadLetterSize.bytes(letter)).isGreaterThanOrEqualTo(asKafkaCounts(letter));
    }
  }

  @Test
  void leavesOutTheOriginalHeadersFirst() {
    List<Header> forged = Collections.nCopies(8_000, new Header("tl-", null));
    OutputRecord letter = letter(new byte[10], new byte[10], forged);

    OutputRecord fitted = DeadLetterSize.fitted(letter, BYTES_MAX);

    assertThat(asKafkaCounts(fitted)).isLessThan(BYTES_MAX);
    assertThat(fitted.key()).hasSize(10);
    assertThat(fitted.value()).hasSize(10);
    assertThat(leftOut(fitted)).isEqualTo("headers");
    assertSaysWhereTheOriginalStands(fitted);
    assertThat(fitted.headers()).noneMatch(header -> header.key().equals("original.tl-"));
  }

  @Test
  void leavesOutTheValueNext() {
    OutputRecord fitted =
        DeadLetterSize.fitted(letter(new byte[10], new byte[BYTES_MAX], List.of()), BYTES_MAX);

    assertThat(fitted.key()).hasSize(10);
    assertThat(fitted.value()).isNull();
    assertThat(leftOut(fitted)).isEqualTo("headers,value");
    assertSaysWhereTheOriginalStands(fitted);
  }

  @Test
  void leavesOutTheKeyAtLast() {
    OutputRecord fitted =
        DeadLetterSize.fitted(letter(new byte[BYTES_MAX], null, List.of()), BYTES_MAX);

    assertThat(fitted.key()).isNull();
    assertThat(leftOut(fitted)).isEqualTo("headers,value,key");
    assertThat(asKafkaCounts(fitted)).isLessThan(BYTES_MAX);
    assertSaysWhereTheOriginalStands(fitted);
  }

  @Test
  void takesAHeaderOfAProducerForNoneOfOurs() {
    List<Header> forged = new ArrayList<>(List.of(Header.of("__connect.errors.topic", "mine")));
    forged.addAll(Collections.nCopies(9_000, new Header("x-", null)));

    OutputRecord fitted = DeadLetterSize.fitted(letter(null, null, forged), BYTES_MAX);

    assertThat(leftOut(fitted)).isEqualTo("headers");
    assertThat(fitted.headers()).hasSizeLessThan(20);
  }
}
