// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What the serializers of our immutable records share: a copy is the record itself. They serve the
 * edges between operators only; no state is kept in them, so their layout may change with any
 * release.
 */
abstract class ImmutableSerializer<T> extends TypeSerializerSingleton<T> {
  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** Written beside state by Flink; ours hold none. */
  public static final class Snapshot<T> extends SimpleTypeSerializerSnapshot<T> {
    @SuppressWarnings("unchecked")
    Snapshot(ImmutableSerializer<T> serializer) {
      super(() -> serializer);
    }
  }
}
