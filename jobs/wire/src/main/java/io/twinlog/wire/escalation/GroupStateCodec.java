// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.GroupState;
import io.twinlog.domain.escalation.GroupState.Counts;
import io.twinlog.domain.escalation.GroupState.Due;
import io.twinlog.domain.escalation.GroupState.Last;
import io.twinlog.domain.escalation.GroupState.Listed;
import io.twinlog.domain.escalation.Standing;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A group of alerts as it is kept. Layout 1. */
public final class GroupStateCodec implements BinaryCodec<GroupState> {
  private static final byte LAYOUT = 1;

  @Override
  public void write(GroupState group, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeUTF(group.key());
    out.writeUTF(group.target());
    Parts.writeLabels(group.labels(), out);
    out.writeLong(group.opened());
    out.writeLong(group.openedAt());
    Parts.writeList(group.members(), out, GroupStateCodec::writeListed);
    Counts counts = group.counts();
    out.writeInt(counts.firing());
    out.writeInt(counts.acknowledged());
    out.writeInt(counts.muted());
    Parts.writeList(counts.bySeverity(), out, (count, to) -> to.writeInt(count));
    out.writeBoolean(group.folded());
    out.writeInt(group.number());
    out.writeLong(group.sentAt());
    out.writeLong(group.flushAt());
    Due due = group.due();
    out.writeInt(due.fresh());
    out.writeBoolean(due.reminder());
    out.writeBoolean(due.urgent());
    out.writeInt(due.step());
    out.writeInt(due.resolved());
    out.writeInt(group.last().seen());
    Parts.writeSeverity(group.last().worst(), out);
    Parts.writeGrouping(group.grouping(), out);
  }

  private static void writeListed(Listed listed, DataOutput out) throws IOException {
    Parts.writeMember(listed.alert(), out);
    out.writeUTF(listed.standing().name());
    out.writeUTF(listed.told() == null ? "" : listed.told().text());
    out.writeLong(listed.overAt());
  }

  @Override
  public GroupState read(DataInput in) throws IOException {
    Parts.requireLayout(LAYOUT, in, "a group of alerts");
    return new GroupState(
        in.readUTF(),
        in.readUTF(),
        Parts.readLabels(in),
        in.readLong(),
        in.readLong(),
        Parts.readList(
            in,
            from ->
                new Listed(
                    Parts.readMember(from),
                    Standing.valueOf(from.readUTF()),
                    told(from.readUTF()),
                    from.readLong())),
        new Counts(
            in.readInt(), in.readInt(), in.readInt(), Parts.readList(in, DataInput::readInt)),
        in.readBoolean(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        new Due(in.readInt(), in.readBoolean(), in.readBoolean(), in.readInt(), in.readInt()),
        new Last(in.readInt(), Parts.readSeverity(in)),
        Parts.readGrouping(in));
  }

  private static Severity told(String text) {
    return text.isEmpty() ? null : Severity.of(text);
  }
}
