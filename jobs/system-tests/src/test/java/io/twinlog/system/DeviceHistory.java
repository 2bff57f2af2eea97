// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.device.DeviceFold;
import io.twinlog.domain.device.DeviceState;
import io.twinlog.domain.device.DeviceVitals;
import io.twinlog.schemas.DeviceLog;
import io.twinlog.wire.Repeats;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.device.DeviceLogCodec;
import io.twinlog.wire.device.DeviceRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What device.log says, read as any reader must read it: a version that was seen is a repeat, and
 * must be the same bytes. Then every device has the versions 1, 2, 3 ..., and device.state is their
 * fold.
 */
public final class DeviceHistory {
  private final Map<String, List<DeviceLog>> logs = new TreeMap<>();
  private int repeats;

  private DeviceHistory() {}

  /** Reads and checks device.log. */
  public static DeviceHistory of(String bootstrap) {
    DeviceHistory history = new DeviceHistory();
    SingleObject singleObject = new SingleObject();
    Map<String, List<byte[]>> bytes = new HashMap<>();
    Repeats repeats = new Repeats();
    for (ConsumerRecord<byte[], byte[]> record : TopicContents.read(bootstrap, Topic.DEVICE_LOG)) {
      String device = new String(record.key(), StandardCharsets.UTF_8);
      DeviceLog log = singleObject.decode(record.value(), DeviceLog.class);
      List<byte[]> seen = bytes.computeIfAbsent(device, d -> new ArrayList<>());
      assertThat(repeats.isRepeat(record.key(), TopicContents.headers(record)))
          .as("the one rule finds what versions find: %s/%s", device, log.getVersion())
          .isEqualTo(log.getVersion() <= seen.size());
      if (log.getVersion() <= seen.size()) {
        history.repeats++;
        assertThat(record.value())
            .as("repeat of %s/%s", device, log.getVersion())
            .isEqualTo(seen.get((int) log.getVersion() - 1));
        continue;
      }
      assertThat(log.getVersion()).as("next version of %s", device).isEqualTo(seen.size() + 1);
      seen.add(record.value());
      history.logs.computeIfAbsent(device, d -> new ArrayList<>()).add(log);
    }
    return history;
  }

  /** Each device's events, each once. */
  public Map<String, List<DeviceLog>> logs() {
    return logs;
  }

  /** Records that had been there before. */
  public int repeats() {
    return repeats;
  }

  /** Names of the events of a device, in order; none of a device that has no log. */
  public List<String> eventsOf(String device) {
    return logs.getOrDefault(device, List.of()).stream().map(DeviceLog::getEvent).toList();
  }

  /** Checks that each of these events, and no other of the same devices, is in the log once. */
  public void assertHoldsEachOnce(Set<String> acknowledged, String devicePrefix) {
    Map<String, Integer> caused = new HashMap<>();
    logs.forEach(
        (device, events) -> {
          if (device.startsWith(devicePrefix)) {
            events.stream()
                .filter(event -> !event.getEvent().startsWith("Flapping"))
                .filter(event -> !event.getEvent().equals("DeviceCameOnline"))
                .forEach(event -> caused.merge(event.getCausationId(), 1, Integer::sum));
          }
        });
    Set<String> lost = new HashSet<>(acknowledged);
    lost.removeAll(caused.keySet());
    assertThat(lost).as("acknowledged, and not in device.log").isEmpty();
    assertThat(caused.values()).as("how often each event is in device.log").containsOnly(1);
  }

  /** Those of them that device.log does not name as a cause. */
  Set<String> lost(Set<String> acknowledged) {
    Set<String> lost = new HashSet<>(acknowledged);
    logs.values().forEach(events -> events.forEach(event -> lost.remove(event.getCausationId())));
    return lost;
  }

  /** Checks that device.state holds the fold of device.log, soft fields aside. */
  void assertStateIsFold(String bootstrap) {
    SingleObject singleObject = new SingleObject();
    Map<String, io.twinlog.schemas.DeviceState> states = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record :
        TopicContents.read(bootstrap, Topic.DEVICE_STATE)) {
      states.put(
          new String(record.key(), StandardCharsets.UTF_8),
          singleObject.decode(record.value(), io.twinlog.schemas.DeviceState.class));
    }
    assertThat(states.keySet()).isEqualTo(logs.keySet());
    logs.forEach(
        (device, events) ->
            assertThat(hardened(states.get(device))).as(device).isEqualTo(folded(device, events)));
  }

  private static io.twinlog.schemas.DeviceState folded(String device, List<DeviceLog> events) {
    DeviceState state = DeviceState.unknown(device);
    for (DeviceLog event : events) {
      state = DeviceFold.evolve(state, DeviceLogCodec.fromAvro(event));
    }
    return DeviceRecords.state(state, DeviceVitals.NONE, 0);
  }

  private static io.twinlog.schemas.DeviceState hardened(io.twinlog.schemas.DeviceState state) {
    return io.twinlog.schemas.DeviceState.newBuilder(state)
        .setLastSeen(null)
        .setLastData(null)
        .build();
  }
}
