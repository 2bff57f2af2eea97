// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.GroupNews.Member;
import io.twinlog.domain.escalation.Grouping;
import io.twinlog.domain.escalation.Matcher;
import io.twinlog.domain.escalation.Mute;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the layouts of this package have in common. They count their changes themselves. */
final class Parts {
  private Parts() {}

  /** One of the things in a list. */
  interface Reading<T> {
    T read(DataInput in) throws IOException;
  }

  /** One of the things in a list. */
  interface Writing<T> {
    void write(T one, DataOutput out) throws IOException;
  }

  static <T> void writeList(List<T> list, DataOutput out, Writing<T> writing) throws IOException {
    out.writeInt(list.size());
    for (T one : list) {
      writing.write(one, out);
    }
  }

  static <T> List<T> readList(DataInput in, Reading<T> reading) throws IOException {
    int size = in.readInt();
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(reading.read(in));
    }
    return list;
  }

  static void writeTexts(List<String> texts, DataOutput out) throws IOException {
    writeList(texts, out, (text, to) -> to.writeUTF(text));
  }

  static List<String> readTexts(DataInput in) throws IOException {
    return readList(in, DataInput::readUTF);
  }

  static void writeLabels(SortedMap<String, String> labels, DataOutput out) throws IOException {
    out.writeInt(labels.size());
    for (Map.Entry<String, String> label : labels.entrySet()) {
      out.writeUTF(label.getKey());
      out.writeUTF(label.getValue());
    }
  }

  static SortedMap<String, String> readLabels(DataInput in) throws IOException {
    int size = in.readInt();
    TreeMap<String, String> labels = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      labels.put(in.readUTF(), in.readUTF());
    }
    return labels;
  }

  static void writeSeverity(Severity severity, DataOutput out) throws IOException {
    out.writeUTF(severity.text());
  }

  static Severity readSeverity(DataInput in) throws IOException {
    return Severity.of(in.readUTF());
  }

  static void writeGrouping(Grouping grouping, DataOutput out) throws IOException {
    writeTexts(grouping.by(), out);
    out.writeLong(grouping.delay());
    out.writeLong(grouping.urgentDelay());
    out.writeLong(grouping.interval());
    out.writeLong(grouping.repeat());
    out.writeInt(grouping.foldAbove());
  }

  static Grouping readGrouping(DataInput in) throws IOException {
    return new Grouping(
        readTexts(in), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readInt());
  }

  static void writeMember(Member member, DataOutput out) throws IOException {
    out.writeUTF(member.alertId());
    out.writeLong(member.version());
    writeSeverity(member.severity(), out);
    out.writeUTF(member.source());
    out.writeUTF(member.code());
    out.writeUTF(member.message());
    writeLabels(member.labels(), out);
    out.writeLong(member.firstAt());
    writeTexts(member.causes(), out);
  }

  static Member readMember(DataInput in) throws IOException {
    return new Member(
        in.readUTF(),
        in.readLong(),
        readSeverity(in),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        readLabels(in),
        in.readLong(),
        readTexts(in));
  }

  static void writeMute(Mute mute, DataOutput out) throws IOException {
    out.writeUTF(mute.id());
    out.writeUTF(mute.by());
    writeList(
        mute.matchers(),
        out,
        (matcher, to) -> {
          to.writeUTF(matcher.label());
          to.writeUTF(matcher.op().text());
          to.writeUTF(matcher.value());
        });
    out.writeLong(mute.until());
  }

  static Mute readMute(DataInput in) throws IOException {
    return new Mute(
        in.readUTF(),
        in.readUTF(),
        readList(
            in, from -> new Matcher(from.readUTF(), Matcher.Op.of(from.readUTF()), from.readUTF())),
        in.readLong());
  }

  /** Requires the layout that this build reads. */
  static void requireLayout(byte known, DataInput in, String what) throws IOException {
    byte layout = in.readByte();
    if (layout != known) {
      throw new IOException(what + " has layout " + layout + "; this build reads " + known);
    }
  }
}
