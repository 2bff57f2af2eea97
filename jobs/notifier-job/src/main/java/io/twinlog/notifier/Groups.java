// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.schemas.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The newest notification of each group of the current key's target: what the escalation job writes
 * again after a crash is not delivered twice. A group that nothing was heard of for two days is
 * forgotten.
 */
final class Groups {
  private static final long KEPT_MILLIS = Duration.ofDays(2).toMillis();

  /** Between two looks for what can be forgotten. */
  private static final int SWEEP_EVERY = 1_000;

  private final MapState<String, Long> numbers;
  private final MapState<String, Long> heardAt;
  private int since;

  Groups(RuntimeContext context) {
    numbers = context.getMapState(new MapStateDescriptor<>("told", Types.STRING, Types.LONG));
    heardAt = context.getMapState(new MapStateDescriptor<>("told-at", Types.STRING, Types.LONG));
  }

  /** Whether it was not there before; then it is remembered. */
  boolean isNew(Notification notification, long now) throws Exception {
    Long known = numbers.get(notification.getGroupId());
    if (known != null && notification.getNumber() <= known) {
      return false;
    }
    numbers.put(notification.getGroupId(), (long) notification.getNumber());
    heardAt.put(notification.getGroupId(), now);
    if (++since >= SWEEP_EVERY) {
      since = 0;
      sweep(now - KEPT_MILLIS);
    }
    return true;
  }

  private void sweep(long before) throws Exception {
    List<String> old = new ArrayList<>();
    for (Map.Entry<String, Long> entry : heardAt.entries()) {
      if (entry.getValue() < before) {
        old.add(entry.getKey());
      }
    }
    for (String group : old) {
      numbers.remove(group);
      heardAt.remove(group);
    }
  }
}
