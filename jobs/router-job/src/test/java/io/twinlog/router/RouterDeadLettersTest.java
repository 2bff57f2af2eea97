// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static io.twinlog.router.RouterRig.header;
import static io.twinlog.router.RouterRig.key;
import static io.twinlog.testkit.IngressExamples.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.OutputRecord;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterDeadLettersTest {
  private RouterRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new RouterRig();
    rig.ticks(1_000);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static OutputRecord only(List<OutputRecord> outputs) {
    assertThat(outputs).hasSize(1);
    return outputs.get(0);
  }

  private static String letterOf(List<OutputRecord> outputs) {
    OutputRecord letter = only(outputs);
    assertThat(letter.topic()).isEqualTo("twinlog.dead-letters");
    return header(letter, "dlq.reason");
  }

  @Test
  void keepsKeyBytesAndHeadersOfADeadLetterAndMovesForgedOnes() throws Exception {
    List<Header> headers =
        List.of(
            Header.of("x", "1"),
            Header.of("dlq.attempt", "99"),
            new Header("n", null),
            Header.of("x", "2"),
            Header.of("tl-origin", "router/t/0/0/0"),
            Header.of("__connect.errors.topic", "elsewhere"),
            Header.of("original.tl-type", "mine"));
    byte[] key = {0, -1};
    byte[] value = {'{', -1};

    OutputRecord letter = only(rig.event(key, value, headers));

    assertThat(letter.topic()).isEqualTo("twinlog.dead-letters");
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.value()).isEqualTo(value);
    assertThat(letter.headers().subList(0, 7))
        .extracting(Header::key, header -> header.value() == null ? null : text(header))
        .containsExactly(
            pair("x", "1"),
            pair("original.dlq.attempt", "99"),
            pair("n", null),
            pair("x", "2"),
            pair("original.tl-origin", "router/t/0/0/0"),
            pair("original.__connect.errors.topic", "elsewhere"),
            pair("original.original.tl-type", "mine"));
    assertThat(header(letter, "dlq.attempt")).isEqualTo("1");
    assertThat(header(letter, "dlq.stage")).isEqualTo("router");
    assertThat(header(letter, "dlq.first-seen")).isEqualTo("2026-01-01T00:00:01.000Z");
    assertThat(header(letter, "__connect.errors.topic")).isEqualTo("twinlog.ingress");
    assertThat(header(letter, "__connect.errors.partition")).isEqualTo("2");
    assertThat(header(letter, HeaderNames.ORIGIN)).isEqualTo("router/id-of-ingress/2/2/0");
  }

  private static org.assertj.core.groups.Tuple pair(String key, String value) {
    return org.assertj.core.api.Assertions.tuple(key, value);
  }

  private static String text(Header header) {
    return new String(header.value(), UTF_8);
  }

  @Test
  void survivesARecordWithoutAValue() throws Exception {
    assertThat(letterOf(rig.event(null, null, List.of()))).isEqualTo("malformed");
    assertThat(letterOf(rig.command((byte[]) null))).isEqualTo("malformed");
  }

  @Test
  void survivesADeadLetterThatIsLargerThanAnyRecordMayBe() throws Exception {
    List<Header> forged = new ArrayList<>();
    for (int i = 0; i < 400_000; i++) {
      forged.add(new Header("tl-", null));
    }

    OutputRecord letter = only(rig.event(new byte[1], new byte[200_000], forged));

    assertThat(header(letter, "dlq.left-out")).isEqualTo("headers");
    assertThat(letter.value()).hasSize(200_000);
    assertThat(letter.headers()).hasSizeLessThan(20);
  }

  @Test
  void rejectsWhatNothingHandlesOnlyWhereItIsSetThatSomethingMust() throws Exception {
    try (RouterRig strict = new RouterRig("router.must-be-handled", "factory.*;device.*")) {
      assertThat(letterOf(strict.event(event("factory.cycle", "{}")))).isEqualTo("no_handler");
      assertThat(only(strict.event(event("device.online", "{}"))).topic())
          .isEqualTo("twinlog.events.domain");
    }
  }
}
