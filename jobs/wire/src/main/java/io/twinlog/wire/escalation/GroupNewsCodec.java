// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.escalation.GroupNews;
import io.twinlog.domain.escalation.Standing;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a group hears of one of its alerts. Layout 1. */
public final class GroupNewsCodec implements BinaryCodec<GroupNews> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(GroupNews news, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeUTF(news.target());
    out.writeInt(news.step());
    out.writeBoolean(news.urgent());
    out.writeBoolean(news.called());
    out.writeUTF(news.from().name());
    out.writeUTF(news.to().name());
    Parts.writeSeverity(news.fromSeverity(), out);
    Parts.writeMember(news.alert(), out);
    Parts.writeGrouping(news.grouping(), out);
    out.writeLong(news.overAt());
  }

  @Override
  public GroupNews read(DataInput in) throws IOException {
    Parts.requireLayout(LAYOUT, in, "news for a group");
    return new GroupNews(
        in.readUTF(),
        in.readInt(),
        in.readBoolean(),
        in.readBoolean(),
        Standing.valueOf(in.readUTF()),
        Standing.valueOf(in.readUTF()),
        Parts.readSeverity(in),
        Parts.readMember(in),
        Parts.readGrouping(in),
        in.readLong());
  }
}
