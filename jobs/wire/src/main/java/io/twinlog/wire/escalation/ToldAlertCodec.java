// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.escalation;

import io.twinlog.domain.escalation.AlertNews;
import io.twinlog.domain.escalation.Standing;
import io.twinlog.domain.escalation.ToldAlert;
import io.twinlog.domain.escalation.ToldAlert.Told;
import io.twinlog.wire.BinaryCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** An alert and whom it is told to, as it is kept. Layout 1. Not for threads to share. */
public final class ToldAlertCodec implements BinaryCodec<ToldAlert> {
  private static final byte LAYOUT = 1;

  private final AlertNewsCodec news = new AlertNewsCodec();

  @Override
  public void write(ToldAlert alert, DataOutput out) throws IOException {
    out.writeByte(LAYOUT);
    out.writeBoolean(alert.news() != null);
    if (alert.news() != null) {
      news.write(alert.news(), out);
    }
    Parts.writeList(
        new ArrayList<>(alert.told().entrySet()),
        out,
        (told, to) -> {
          to.writeUTF(told.getKey());
          to.writeInt(told.getValue().step());
          to.writeBoolean(told.getValue().urgent());
          to.writeUTF(told.getValue().standing().name());
          Parts.writeSeverity(told.getValue().severity(), to);
        });
    out.writeUTF(alert.mutedBy());
    out.writeLong(alert.checkAt());
  }

  @Override
  public ToldAlert read(DataInput in) throws IOException {
    Parts.requireLayout(LAYOUT, in, "what is told of an alert");
    AlertNews newest = in.readBoolean() ? news.read(in) : null;
    TreeMap<String, Told> told = new TreeMap<>();
    Parts.readList(in, ToldAlertCodec::told)
        .forEach(entry -> told.put(entry.getKey(), entry.getValue()));
    return new ToldAlert(newest, told, in.readUTF(), in.readLong());
  }

  private static Map.Entry<String, Told> told(DataInput in) throws IOException {
    return Map.entry(
        in.readUTF(),
        new Told(
            in.readInt(),
            in.readBoolean(),
            Standing.valueOf(in.readUTF()),
            Parts.readSeverity(in)));
  }
}
