// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.flink.SourceRecord;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/** What waits for the current key's target, first in, first out. */
final class Waiting {
  /** Name of a state that every target has which was ever heard of. */
  static final String TAIL = "tail";

  private final MapState<Long, byte[]> queue;
  private final ValueState<Long> head;
  private final ValueState<Long> tail;
  private long all;

  Waiting(RuntimeContext context) {
    queue =
        context.getMapState(
            new MapStateDescriptor<>(
                "queue", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    head = context.getState(new ValueStateDescriptor<>("head", Types.LONG));
    tail = context.getState(new ValueStateDescriptor<>(TAIL, Types.LONG));
  }

  private static long value(ValueState<Long> state) throws Exception {
    Long value = state.value();
    return value == null ? 0 : value;
  }

  long length() throws Exception {
    return value(tail) - value(head);
  }

  void add(SourceRecord record) throws Exception {
    long end = value(tail);
    queue.put(end, KeptRecords.encode(record));
    tail.update(end + 1);
    all++;
  }

  /** The one that has waited for longest; there is one. */
  SourceRecord first() throws Exception {
    return KeptRecords.decode(queue.get(value(head)));
  }

  void remove() throws Exception {
    long begin = value(head);
    queue.remove(begin);
    head.update(begin + 1);
    all--;
  }

  /** After a restart: takes in what the current key has. */
  void count() throws Exception {
    all += length();
  }

  /** How many wait for all targets of this subtask. */
  long size() {
    return all;
  }
}
