// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.flink.SourceRecord;
import io.twinlog.schemas.Notification;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import org.apache.flink.api.java.functions.KeySelector;

/** Who a record of notifications is for; empty: it is none. */
final class TargetOf implements KeySelector<SourceRecord, String> {
  private static final long serialVersionUID = 1;

  private transient SingleObject singleObject;

  @Override
  public String getKey(SourceRecord record) {
    if (singleObject == null) {
      singleObject = new SingleObject();
    }
    if (record.value() == null) {
      return "";
    }
    try {
      return singleObject.decode(record.value(), Notification.class).getTarget();
    } catch (UnreadableException e) {
      // Nobody of Twinlog wrote it; it becomes a dead letter.
      return "";
    }
  }
}
