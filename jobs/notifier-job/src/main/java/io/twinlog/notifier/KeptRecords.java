// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.flink.SourceRecord;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * A record of notifications as it waits: what it says, where it came from, and its time. Layout 1;
 * a later layout gets the next number, and this one is read for ever.
 */
final class KeptRecords {
  private static final byte LAYOUT = 1;

  private KeptRecords() {}

  static byte[] encode(SourceRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(record.value().length + 128);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(LAYOUT);
    out.writeUTF(record.topic());
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    write(record.key(), out);
    write(record.value(), out);
    write(record.header(HeaderNames.CLOCK), out);
    return bytes.toByteArray();
  }

  /** Null has a length of its own. */
  private static void write(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  static SourceRecord decode(byte[] kept) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept));
    byte layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IOException(
          "a notification that waits has layout " + layout + "; this build reads " + LAYOUT);
    }
    String topic = in.readUTF();
    int partition = in.readInt();
    long offset = in.readLong();
    byte[] key = read(in);
    byte[] value = read(in);
    byte[] clock = read(in);
    List<Header> headers =
        clock == null ? List.of() : List.of(new Header(HeaderNames.CLOCK, clock));
    return new SourceRecord(topic, partition, offset, key, value, headers);
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }
}
