// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.StampReader.Stamp;
import io.twinlog.wire.Frontier;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.Origin;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What it takes apart by itself is what {@link Origin} and {@link LogClock} make of it. */
class StampReaderTest {
  private static final int STAMPS = 50_000;
  private static final List<String> PARTS =
      List.of(
          "router",
          "t",
          "",
          "0",
          "7",
          "007",
          "-1",
          "+1",
          "2147483647",
          "2147483648",
          "999999999999999999",
          "9223372036854775807",
          "9223372036854775808",
          "é",
          " 1");

  private final StampReader reader = new StampReader(new KnownTexts());
  private final Random random = new Random(20_261_126);

  private String parts(int usual) {
    int count = random.nextInt(20) == 0 ? usual + random.nextInt(3) - 1 : usual;
    StringBuilder text = new StringBuilder(part());
    for (int i = 1; i < count; i++) {
      text.append('/').append(part());
    }
    return text.toString();
  }

  private String part() {
    return random.nextBoolean()
        ? Integer.toString(random.nextInt(100))
        : PARTS.get(random.nextInt(PARTS.size()));
  }

  private static SourceRecord record(String origin, String clock, String rules) {
    return new SourceRecord(
        "inbox",
        0,
        0,
        new byte[0],
        new byte[0],
        List.of(
            Header.of(HeaderNames.ORIGIN, origin),
            Header.of(HeaderNames.CLOCK, clock),
            Header.of(HeaderNames.RULES, rules)));
  }

  /** As text: the stamp, or why there is none. */
  private String read(String origin, String clock, String rules) {
    try {
      return reader.read(record(origin, clock, rules)).toString();
    } catch (IllegalArgumentException e) {
      return e.toString();
    }
  }

  private static String parsed(String origin, String clock, String rules) {
    try {
      LogClock when = LogClock.parse(clock.getBytes(UTF_8));
      Origin where = Origin.parse(origin.getBytes(UTF_8));
      boolean routed = where.writer().equals("router");
      String of = Frontier.source(where.topicId(), where.partition());
      String source = routed ? of : where.writer() + "/" + of;
      long version = rules.isEmpty() ? 0 : Long.parseLong(rules);
      if (version < 0 || version > 1_000_000_000) {
        throw new IllegalArgumentException("no tick carries version " + version + " of the rules");
      }
      return new Stamp(routed, source, where.offset(), where.index(), when, version).toString();
    } catch (IllegalArgumentException e) {
      return e.toString();
    }
  }

  @Test
  void readsEveryStampAsItIsParsed() {
    int good = 0;
    for (int i = 0; i < STAMPS; i++) {
      String origin = parts(5);
      String clock = parts(3);
      String rules = part();
      String read = read(origin, clock, rules);
      if (!read.equals(parsed(origin, clock, rules))) {
        assertThat(read)
            .as(origin + " " + clock + " " + rules)
            .isEqualTo(parsed(origin, clock, rules));
      }
      good += read.startsWith("Stamp") ? 1 : 0;
    }
    assertThat(good).isGreaterThan(STAMPS / 100);
  }

  @Test
  void writesEveryOriginAsItIs() {
    OriginText text = new OriginText("router");
    for (int i = 0; i < STAMPS; i++) {
      int partition = random.nextInt(3);
      long offset = random.nextLong() >> random.nextInt(64);
      int index = random.nextInt() >> random.nextInt(32);
      String topicId = random.nextBoolean() ? "a" : "b";
      String written =
          new String(text.of(topicId, new InboxRecord.Place(partition, offset), index), UTF_8);
      if (!written.equals(new Origin("router", topicId, partition, offset, index).toString())) {
        assertThat(written)
            .isEqualTo(new Origin("router", topicId, partition, offset, index).toString());
      }
    }
  }

  @Test
  void givesTheSameStringForTheSameBytesHoweverManyThereAre() {
    KnownTexts texts = new KnownTexts();
    for (int i = 0; i < 10_000; i++) {
      String text = "type." + i % 1_000;
      byte[] bytes = ('x' + text + 'y').getBytes(UTF_8);
      assertThat(texts.of(bytes, 1, bytes.length - 1)).isEqualTo(text);
    }
    byte[] type = "device.online".getBytes(UTF_8);
    assertThat(texts.of(type, 0, type.length)).isSameAs(texts.of(type.clone(), 0, type.length));
    byte[] longer = "x".repeat(1_000).getBytes(UTF_8);
    assertThat(texts.of(longer, 0, 1_000)).hasSize(1_000);
  }
}
