// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.wire.Frontier;
import io.twinlog.wire.Header;
import io.twinlog.wire.LogClock;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class SerializersTest {
  /** Longer than any text that Java's own writeUTF takes. */
  private static final String LONG = "ü".repeat(70_000);

  private static final List<Header> HEADERS =
      List.of(
          Header.of("a", "1"),
          Header.of("a", "2"),
          new Header("", null),
          new Header("b", new byte[0]));

  private static <T> T written(TypeInformation<T> type, T value) throws IOException {
    TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    DataOutputSerializer copied = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
    assertThat(copied.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
    DataInputDeserializer in = new DataInputDeserializer(copied.getCopyOfBuffer());
    T read = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }

  private static <T> void assertSame(T read, T value) {
    assertThat(read).usingRecursiveComparison().isEqualTo(value);
  }

  @Test
  void sourceRecordsComeOutAsTheyWentIn() throws IOException {
    SourceRecord full =
        new SourceRecord("t", 3, 1L << 40, new byte[] {1}, new byte[] {2, 3}, HEADERS);
    SourceRecord bare = new SourceRecord("t", 0, 0, null, null, List.of());

    assertSame(written(SourceRecord.TYPE, full), full);
    assertSame(written(SourceRecord.TYPE, bare), bare);
  }

  @Test
  void outputRecordsComeOutAsTheyWentIn() throws IOException {
    OutputRecord full = new OutputRecord("t", 3, new byte[] {1}, new byte[] {2, 3}, HEADERS);
    OutputRecord bare = new OutputRecord("t", 0, null, null, List.of());

    assertSame(written(OutputRecord.TYPE, full), full);
    assertSame(written(OutputRecord.TYPE, bare), bare);
  }

  @Test
  void inboxRecordsComeOutAsTheyWentIn() throws IOException {
    InboxRecord full =
        new InboxRecord(
            "Gerät",
            new byte[] {2, 3},
            "device.online",
            new InboxRecord.Place(3, 1L << 40),
            "t/1",
            new LogClock(1, 2, 3),
            4,
            "clock_skew",
            "00-a-b-01",
            "2/5/3/0/17",
            "",
            5,
            "");

    assertSame(written(InboxRecord.TYPE, full), full);
  }

  @Test
  void foreignRecordsComeOutAsTheyWentInHoweverLongTheirHeaders() throws IOException {
    InboxRecord foreign =
        new InboxRecord(
            "",
            null,
            LONG,
            new InboxRecord.Place(0, 0),
            LONG,
            LogClock.UNKNOWN,
            0,
            LONG,
            LONG,
            LONG,
            "",
            Frontier.NONE,
            LONG);

    assertSame(written(InboxRecord.TYPE, foreign), foreign);
  }

  @Test
  void aTypeSurvivesTheWayToACluster() throws Exception {
    for (TypeInformation<?> type :
        List.of(SourceRecord.TYPE, InboxRecord.TYPE, OutputRecord.TYPE)) {
      assertThat((Object) InstantiationUtil.clone(type)).isEqualTo(type);
      assertThat(type.isKeyType()).isFalse();
    }
    assertThat(SourceRecord.TYPE).isNotEqualTo(OutputRecord.TYPE);
  }

  @Test
  void theLastOfSeveralHeadersOfANameCounts() {
    SourceRecord record = new SourceRecord("t", 0, 0, null, null, HEADERS);

    assertThat(record.header("a")).containsExactly('2');
    assertThat(record.header("b")).isEmpty();
    assertThat(record.header("c")).isNull();
  }
}
