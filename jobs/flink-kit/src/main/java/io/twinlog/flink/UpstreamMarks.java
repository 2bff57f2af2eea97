// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.flink.InboxRecord.Upstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The newest record of a key from each aggregate of another job, to tell what such a job writes
 * again after a crash. Of one key they come in the order of their origins. Immutable.
 */
record UpstreamMarks(List<Mark> marks) {
  /** A key is told of by one or two aggregates; the one unheard for longest gives way. */
  private static final int MARKS_MAX = 16;

  static final UpstreamMarks NONE = new UpstreamMarks(List.of());

  /**
   * The newest of one source.
   *
   * @param source as {@link InboxRecord#source}
   */
  record Mark(String source, Upstream newest) {}

  UpstreamMarks {
    marks = List.copyOf(marks);
  }

  /** Whether the record was there before. */
  boolean has(InboxRecord record) {
    for (Mark mark : marks) {
      if (mark.source.equals(record.source())) {
        return record.upstream().compareTo(mark.newest) <= 0;
      }
    }
    return false;
  }

  /** The marks after the record. */
  UpstreamMarks with(InboxRecord record) {
    List<Mark> result = new ArrayList<>(marks.size() + 1);
    for (Mark mark : marks) {
      if (!mark.source.equals(record.source())) {
        result.add(mark);
      }
    }
    if (result.size() == MARKS_MAX) {
      result.remove(0);
    }
    result.add(new Mark(record.source(), record.upstream()));
    return new UpstreamMarks(result);
  }

  void write(DataOutputSerializer out) throws IOException {
    out.writeByte(marks.size());
    for (Mark mark : marks) {
      out.writeUTF(mark.source);
      VarLong.write(mark.newest.offset(), out);
      VarLong.write(mark.newest.index(), out);
    }
  }

  static UpstreamMarks read(DataInputDeserializer in) throws IOException {
    int size = in.readByte();
    if (size == 0) {
      return NONE;
    }
    List<Mark> marks = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      marks.add(new Mark(in.readUTF(), new Upstream(VarLong.read(in), VarLong.readInt(in))));
    }
    return new UpstreamMarks(marks);
  }
}
