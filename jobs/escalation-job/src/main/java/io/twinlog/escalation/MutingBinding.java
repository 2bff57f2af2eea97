// SPDX-License-Identifier: Apache-2.0
package io.twinlog.escalation;

import io.twinlog.domain.Gathering;
import io.twinlog.domain.escalation.AlertNews;
import io.twinlog.domain.escalation.GroupNews;
import io.twinlog.domain.escalation.Mutes;
import io.twinlog.domain.escalation.Muting;
import io.twinlog.domain.escalation.MutingFact;
import io.twinlog.domain.escalation.MutingFact.Hidden;
import io.twinlog.domain.escalation.MutingFact.Passed;
import io.twinlog.domain.escalation.MutingFact.Shown;
import io.twinlog.domain.escalation.ToldAlert;
import io.twinlog.flink.Notice;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.Trace;
import io.twinlog.flink.WatchingBinding;
import io.twinlog.wire.BinaryCodec;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.escalation.AlertNewsCodec;
import io.twinlog.wire.escalation.AlertProjections;
import io.twinlog.wire.escalation.GroupNewsCodec;
import io.twinlog.wire.escalation.MuteCodec;
import io.twinlog.wire.escalation.MutesCodec;
import io.twinlog.wire.escalation.ToldAlertCodec;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Ties the rules of what mutes alerts to the records that they read and write. */
final class MutingBinding implements WatchingBinding<ToldAlert, AlertNews, MutingFact> {
  private static final String RECORD = "AlertState";

  /** No key of a group, and of an alert, has one. */
  private static final char BETWEEN = '\n';

  private final Mutes mutes = new Mutes();
  private final Muting muting;
  private final ToldAlertCodec states = new ToldAlertCodec();
  private final AlertNewsCodec notices = new AlertNewsCodec();
  private final GroupNewsCodec groupNews = new GroupNewsCodec();
  private final MuteCodec muteCodec = new MuteCodec();
  private final MutesCodec tables = new MutesCodec();
  private final NoticeBytes bytes = new NoticeBytes();
  private final SingleObject singleObject = new SingleObject();

  MutingBinding(long checkEvery) {
    this.muting = new Muting(mutes, checkEvery);
  }

  /** The group that a notice is for. */
  static String group(Notice notice) {
    return notice.key().substring(0, notice.key().lastIndexOf(BETWEEN));
  }

  @Override
  public Gathering<ToldAlert, AlertNews, MutingFact> gathering() {
    return muting;
  }

  @Override
  public BinaryCodec<ToldAlert> states() {
    return states;
  }

  @Override
  public BinaryCodec<AlertNews> notices() {
    return notices;
  }

  @Override
  public void publish(String key, MutingFact fact, Outputs outputs) {
    if (fact instanceof Shown shown) {
      byte[] value =
          singleObject.encode(
              AlertProjections.toAvro(
                  shown.news(), shown.mutedBy(), outputs.moment(), outputs.rules()));
      project(shown.news().alertId(), value, outputs);
    } else if (fact instanceof Hidden hidden) {
      project(hidden.alertId(), null, outputs);
    } else if (fact instanceof Passed passed) {
      GroupNews news = passed.news();
      outputs.tell(
          news.groupKey() + BETWEEN + key, news.alert().version(), bytes.of(news, groupNews));
    } else {
      throw new IllegalStateException("no record for " + fact);
    }
  }

  /** All that is told of an alert comes from its own key, so that its origins are in order. */
  private static void project(String alertId, byte[] value, Outputs outputs) {
    outputs.add(Topic.ALERT_STATE, alertId, RECORD, value, Trace.NONE);
  }

  @Override
  public void changed(Notice notice) throws IOException {
    mutes.hear(muteCodec.read(new DataInputDeserializer(notice.value())), notice.clock().clock());
  }

  @Override
  public long refused() {
    return mutes.refused();
  }

  @Override
  public void passed(long clock) {
    mutes.forget(clock);
  }

  @Override
  public byte[] table() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1_024);
    tables.write(mutes, out);
    return out.getCopyOfBuffer();
  }

  @Override
  public void restore(byte[] table) throws IOException {
    tables.read(new DataInputDeserializer(table)).spans().forEach(mutes::restore);
  }
}
