// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static io.twinlog.cli.Letters.letter;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.wire.Attempt;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.Header;
import io.twinlog.wire.json.RecordJson;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LetterTest {
  private static final Attempt FIRST = Attempt.first(Letters.WALL);

  private static Letter read(ConsumerRecord<byte[], byte[]> message) {
    return Letter.of(message, new RecordJson());
  }

  @Test
  void isShownAsOneObject() {
    assertThat(read(letter(1, 10, "d-1", FIRST)).json(LetterStatus.OPEN, "twinlog."))
        .hasToString(
            "{\"letter\":\"0/1\",\"time\":\"2026-01-01T00:00:00.001Z\",\"status\":\"open\","
                + "\"reason\":\"malformed\",\"key\":\"d-1\",\"attempt\":1,"
                + "\"first_seen\":\"2026-01-01T00:00:00.000Z\",\"type\":\"device.online\","
                + "\"topic\":\"ingress\",\"error\":\"not_json at a.b: no \\u001B[31mJSON\"}");
  }

  @Test
  void hasTheTypeThatTheInboxSaidOrTheValue() {
    ConsumerRecord<byte[], byte[]> ofAnInbox =
        letter(
            1,
            10,
            "d-1",
            DeadLetterReason.UNKNOWN_DEVICE,
            FIRST,
            List.of(Header.of("tl-type", "device.error")));

    assertThat(read(ofAnInbox).type()).isEqualTo("device.error");
    assertThat(read(letter(1, 10, "d-1", FIRST)).type()).isEqualTo("device.online");
    assertThat(read(Letters.record(1, "k", new byte[] {-1}, new RecordHeaders())).type()).isEmpty();
  }

  @Test
  void showsATerminalNothingToObey() {
    Letter hostile = read(letter(1, 10, "a\u001b[2Jb" + "x".repeat(100), FIRST));

    List<String> row = ListLettersCommand.row(hostile, LetterStatus.OPEN, "twinlog.");

    assertThat(String.join(" ", row)).doesNotContain("\u001b").contains("a\\u001b[2Jb", "\\u001b[");
    assertThat(row.get(4)).hasSize(32).endsWith("…");
  }

  private static boolean lets(ConsumerRecord<byte[], byte[]> message, String... options) {
    LetterFilter filter = new LetterFilter();
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();
    spec.addMixin("filter", CommandLine.Model.CommandSpec.forAnnotatedObject(filter));
    new CommandLine(spec).parseArgs(options);
    return filter.test(read(message));
  }

  @Test
  void isChosenByReasonKeyAndTime() {
    ConsumerRecord<byte[], byte[]> message = letter(1, 10, "d-1", FIRST);

    assertThat(lets(message)).isTrue();
    assertThat(lets(message, "--reason", "expired,malformed", "--key", "d-1")).isTrue();
    assertThat(lets(message, "--reason", "expired")).isFalse();
    assertThat(lets(message, "--key", "d-")).isFalse();
    assertThat(lets(message, "--from", "2026-01-01T00:00:00.001Z")).isTrue();
    assertThat(lets(message, "--from", "2026-01-01T00:00:00.002Z")).isFalse();
    assertThat(lets(message, "--to", "2026-01-01T00:00:00.002Z")).isTrue();
    assertThat(lets(message, "--to", "2026-01-01T01:00:00.001+01:00")).isFalse();
  }
}
