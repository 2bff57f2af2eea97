// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.escalation.AlertNews;
import io.twinlog.domain.escalation.AlertNews.Call;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** News of an alert on their way to those who tell people. Layout 1. Not for threads to share. */
public final class AlertNewsCodec implements BinaryCodec<AlertNews> {
  private static final byte LAYOUT = 1;

  private final AlertSnapshots states = new AlertSnapshots();

  @Override
  public void write(AlertNews news, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    byte[] state = states.encode(news.state());
    out.writeInt(state.length);
    out.write(state);
    out.writeLong(news.count());
    out.writeLong(news.lastAt());
    Parts.writeList(
        news.calls(),
        out,
        (call, to) -> {
          to.writeUTF(call.target());
          to.writeInt(call.step());
          to.writeBoolean(call.urgent());
        });
    out.writeLong(news.gone());
    Parts.writeGrouping(news.grouping(), out);
  }

  @Override
  public AlertNews read(DataInput in) throws IOException {
    Parts.requireLayout(LAYOUT, in, "news of an alert");
    byte[] state = new byte[in.readInt()];
    in.readFully(state);
    return new AlertNews(
        states.decode(state),
        in.readLong(),
        in.readLong(),
        Parts.readList(in, from -> new Call(from.readUTF(), from.readInt(), from.readBoolean())),
        in.readLong(),
        Parts.readGrouping(in));
  }
}
