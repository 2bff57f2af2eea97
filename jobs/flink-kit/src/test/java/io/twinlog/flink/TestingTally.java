// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Gathering;
import io.twinlog.domain.Moment;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.Topic;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The smallest gathering that needs all of a second stage: texts strung together, written at once,
 * and closed ten seconds after the first one. The text {@code end} ends it.
 */
final class TestingTally implements SecondStageBinding<TestingTally.Strung, String, String> {
  static final long ROUND = 10_000;

  record Strung(String text, long due, boolean ended) {}

  private static final class Rules implements Gathering<Strung, String, String> {
    @Override
    public Strung initial(String key) {
      return new Strung("", Long.MAX_VALUE, false);
    }

    @Override
    public Gathered<Strung, String> take(Strung state, String notice, Moment now) {
      long due = state.due == Long.MAX_VALUE ? now.clock() + ROUND : state.due;
      Strung next = new Strung(state.text + notice, due, notice.equals("end"));
      return new Gathered<>(next, List.of(next.text));
    }

    @Override
    public long deadline(Strung state) {
      return state.due;
    }

    @Override
    public Gathered<Strung, String> atDeadline(Strung state, Moment now) {
      return new Gathered<>(
          new Strung("", Long.MAX_VALUE, false),
          List.of("closed " + state.text + " at " + now.clock()));
    }

    @Override
    public boolean ended(Strung state) {
      return state.ended;
    }
  }

  @Override
  public Gathering<Strung, String, String> gathering() {
    return new Rules();
  }

  @Override
  public BinaryCodec<Strung> states() {
    return new BinaryCodec<>() {
      @Override
      public void write(Strung value, DataOutput out) throws IOException {
        out.writeUTF(value.text);
        out.writeLong(value.due);
        out.writeBoolean(value.ended);
      }

      @Override
      public Strung read(DataInput in) throws IOException {
        return new Strung(in.readUTF(), in.readLong(), in.readBoolean());
      }
    };
  }

  @Override
  public BinaryCodec<String> notices() {
    return new BinaryCodec<>() {
      @Override
      public void write(String value, DataOutput out) throws IOException {
        out.writeUTF(value);
      }

      @Override
      public String read(DataInput in) throws IOException {
        return in.readUTF();
      }
    };
  }

  @Override
  public void publish(String key, String fact, Outputs outputs) {
    outputs.add(
        Topic.DEVICE_STATE, key, "Strung", fact.getBytes(StandardCharsets.UTF_8), Trace.NONE);
  }
}
