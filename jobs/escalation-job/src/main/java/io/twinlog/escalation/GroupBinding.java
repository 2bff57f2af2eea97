// SPDX-License-Identifier: Apache-2.0
package io.twinlog.escalation;

import io.twinlog.domain.Gathering;
import io.twinlog.domain.escalation.GroupNews;
import io.twinlog.domain.escalation.GroupState;
import io.twinlog.domain.escalation.Groups;
import io.twinlog.domain.escalation.Telling;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SecondStageBinding;
import io.twinlog.flink.Trace;
import io.twinlog.schemas.Notification;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.GroupNewsCodec;
import io.twinlog.wire.escalation.GroupStateCodec;
import io.twinlog.wire.escalation.Notifications;
import java.util.List;

/** Ties the rules of groups to the records that they read and write. */
final class GroupBinding implements SecondStageBinding<GroupState, GroupNews, Telling> {
  private final Groups groups = new Groups();
  private final GroupStateCodec states = new GroupStateCodec();
  private final GroupNewsCodec notices = new GroupNewsCodec();
  private final SingleObject singleObject = new SingleObject();

  @Override
  public Gathering<GroupState, GroupNews, Telling> gathering() {
    return groups;
  }

  @Override
  public BinaryCodec<GroupState> states() {
    return states;
  }

  @Override
  public BinaryCodec<GroupNews> notices() {
    return notices;
  }

  @Override
  public void publish(String key, Telling telling, Outputs outputs) {
    Notification notification = Notifications.toAvro(telling, outputs.rules());
    List<Header> version =
        List.of(Header.of(HeaderNames.VERSION, Integer.toString(telling.number())));
    outputs.add(
        Topic.NOTIFICATIONS,
        notification.getGroupId(),
        "Notification",
        singleObject.encode(notification),
        Trace.NONE,
        version);
  }
}
