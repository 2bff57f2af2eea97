// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Reason;
import io.twinlog.wire.Attempt;
import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.Header;
import io.twinlog.wire.LetterId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RedriveMessageTest {
  private static final byte[] COMMAND = {'{', '}'};

  private static ProducerRecord<byte[], byte[]> sent(byte[] key, byte[] value, Header... original) {
    List<Header> letter =
        new ArrayList<>(
            new DeadLetterHeaders(
                    "twinlog.ingress",
                    0,
                    1,
                    "router",
                    DeadLetterReason.MALFORMED,
                    List.of(new Reason("not_json", "", "")),
                    Attempt.first(1))
                .after(List.of(original)));
    letter.add(Header.of("tl-origin", "router/t/0/1/0"));
    return new RedriveMessage(
            new CommandMessage("r-1", "3/17", COMMAND), new LetterId(3, 17), key, value, letter)
        .on("commands", 2);
  }

  @Test
  void carriesKeyValueAndHeadersAsTheyAreAndTheCommandBesideThem() {
    byte[] key = {-1};
    byte[] value = {0, -1};

    ProducerRecord<byte[], byte[]> record =
        sent(key, value, Header.of("x", "1"), Header.of("tl-type", "tick"), new Header("n", null));

    assertThat(record.key()).isSameAs(key);
    assertThat(record.value()).isSameAs(value);
    assertThat(record.partition()).isNull();
    assertThat(record.headers())
        .extracting(org.apache.kafka.common.header.Header::key)
        .containsExactly("x", "original.tl-type", "n", "tl-command");
    assertThat(record.headers().lastHeader("tl-command").value()).isEqualTo(COMMAND);
  }

  @Test
  void keepsLettersWithoutAKeyInTheOrderOfTheirPartition() {
    ProducerRecord<byte[], byte[]> record = sent(null, null);

    assertThat(record.key()).isNull();
    assertThat(record.value()).isNull();
    assertThat(record.partition()).isEqualTo(1);
  }

  @Test
  void carriesNoHeaderThatWouldBeTakenForOurs() {
    RedriveMessage message =
        new RedriveMessage(
            new CommandMessage("r-1", "3/17", COMMAND),
            new LetterId(3, 17),
            null,
            null,
            List.of(Header.of("tl-type", "tick"), Header.of("tl-command", "forged")));

    assertThat(message.on("commands", 2).headers())
        .extracting(org.apache.kafka.common.header.Header::key)
        .containsExactly("tl-command");
  }
}
