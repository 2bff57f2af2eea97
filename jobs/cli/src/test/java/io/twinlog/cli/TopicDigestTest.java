// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.wire.Header;
import io.twinlog.wire.Origin;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicDigestTest {
  private static final List<Written> LOG =
      List.of(
          device("d-1", 0, 5, 0, "{\"v\":1}"),
          device("d-2", 0, 6, 0, "{\"v\":1}"),
          device("d-1", 0, 7, 0, "{\"v\":2}"),
          device("d-1", 0, 7, 1, "{\"v\":3}"),
          device("d-3", 1, 2, 0, "{\"v\":1}"));

  /** A record as it lies in a topic. */
  private record Written(String key, String value, List<Header> headers) {}

  private static Written device(String key, int partition, long offset, int index, String value) {
    return written(key, value, new Origin("device", "inbox", partition, offset, index));
  }

  private static Written written(String key, String value, Origin origin) {
    return new Written(key, value, List.of(new Header("tl-origin", origin.toBytes())));
  }

  private static Written versioned(String key, long version, long offset, String value) {
    return new Written(
        key,
        value,
        List.of(
            new Header("tl-origin", new Origin("device", "inbox", 0, offset, 0).toBytes()),
            Header.of("tl-version", Long.toString(version))));
  }

  private static Written foreign(String key, String value) {
    return new Written(key, value, List.of());
  }

  private static TopicDigest.Line line(Topic topic, List<Written> records) {
    TopicDigest digest = new TopicDigest(topic);
    records.forEach(record -> digest.add(utf8(record.key), utf8(record.value), record.headers));
    return digest.line();
  }

  private static TopicDigest.Line line(Topic topic, Written... records) {
    return line(topic, List.of(records));
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Written> picked(int... positions) {
    List<Written> records = new ArrayList<>();
    for (int position : positions) {
      records.add(LOG.get(position));
    }
    return records;
  }

  @Test
  void countsWhatItHashed() {
    TopicDigest.Line line = line(Topic.DEVICE_LOG, LOG);

    assertThat(line.text()).matches("device\\.log [0-9a-f]{64} 5");
    assertThat(line.json())
        .hasToString(
            "{\"topic\":\"device.log\",\"sha256\":\"" + line.sha256() + "\",\"records\":5}");
  }

  /** The hash is a contract: digests of two releases can be compared. */
  @Test
  void staysWhatItIs() {
    assertThat(line(Topic.DEVICE_LOG, List.of()).text())
        .isEqualTo("device.log e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0");
    assertThat(line(Topic.DEVICE_LOG, LOG).sha256())
        .isEqualTo("06415c68ce18686eb847e46228796da1da955de680604382c6b554ee4f2f88cd");
  }

  @Test
  void isTheSameForAnotherInterleaving() {
    assertThat(line(Topic.DEVICE_LOG, picked(4, 1, 0, 2, 3)))
        .isEqualTo(line(Topic.DEVICE_LOG, LOG));
  }

  @Test
  void isTheSameWithRepeats() {
    assertThat(line(Topic.DEVICE_LOG, picked(0, 1, 2, 1, 2, 3, 4, 0, 3)))
        .isEqualTo(line(Topic.DEVICE_LOG, LOG));
  }

  @Test
  void isTheSameForOtherTopicsPartitionsAndOffsets() {
    List<Written> elsewhere =
        List.of(
            written("d-1", "{\"v\":1}", new Origin("device", "aaa", 3, 105, 2)),
            written("d-2", "{\"v\":1}", new Origin("device", "aaa", 3, 104, 0)),
            written("d-1", "{\"v\":2}", new Origin("device", "aaa", 3, 106, 0)),
            written("d-1", "{\"v\":3}", new Origin("device", "aaa", 3, 107, 0)),
            written("d-3", "{\"v\":1}", new Origin("device", "aaa", 2, 9, 0)));

    assertThat(line(Topic.DEVICE_LOG, elsewhere)).isEqualTo(line(Topic.DEVICE_LOG, LOG));
  }

  @Test
  void isTheSameHoweverTwoSourcesOfAKeyCompare() {
    Written event = written("d-1", "{\"e\":1}", new Origin("router", "ingress", 0, 10, 0));
    Written command = written("d-1", "{\"c\":1}", new Origin("router", "commands", 0, 20, 0));
    Written late = written("d-1", "{\"e\":1}", new Origin("router", "z", 0, 30, 0));
    Written early = written("d-1", "{\"c\":1}", new Origin("router", "a", 0, 5, 0));

    assertThat(line(Topic.EVENTS_DOMAIN, early, late))
        .isEqualTo(line(Topic.EVENTS_DOMAIN, event, command));
  }

  @Test
  void isAnotherWhenOneValueChanges() {
    List<Written> changed = new ArrayList<>(LOG);
    changed.set(3, device("d-1", 0, 7, 1, "{\"v\":4}"));

    assertThat(line(Topic.DEVICE_LOG, changed).sha256())
        .isNotEqualTo(line(Topic.DEVICE_LOG, LOG).sha256());
  }

  @Test
  void isAnotherWhenOneKeyChanges() {
    List<Written> changed = new ArrayList<>(LOG);
    changed.set(4, device("d-4", 1, 2, 0, "{\"v\":1}"));

    assertThat(line(Topic.DEVICE_LOG, changed).sha256())
        .isNotEqualTo(line(Topic.DEVICE_LOG, LOG).sha256());
  }

  @Test
  void isAnotherWhenOneRecordIsMissing() {
    assertThat(line(Topic.DEVICE_LOG, picked(0, 1, 2, 4)).sha256())
        .isNotEqualTo(line(Topic.DEVICE_LOG, LOG).sha256());
  }

  @Test
  void isAnotherWhenTwoVersionsAreSwapped() {
    List<Written> swapped = new ArrayList<>(LOG);
    swapped.set(0, device("d-1", 0, 5, 0, "{\"v\":2}"));
    swapped.set(2, device("d-1", 0, 7, 0, "{\"v\":1}"));

    assertThat(line(Topic.DEVICE_LOG, swapped).sha256())
        .isNotEqualTo(line(Topic.DEVICE_LOG, LOG).sha256());
  }

  @Test
  void keepsTwoEqualOutputsOfOneKey() {
    assertThat(
            line(
                    Topic.DEVICE_LOG,
                    device("d-1", 0, 5, 0, "{\"v\":1}"),
                    device("d-1", 0, 6, 0, "{\"v\":1}"))
                .records())
        .isEqualTo(2);
  }

  @Test
  void countsARepeatThatSaysSomethingElse() {
    TopicDigest digest = new TopicDigest(Topic.DEVICE_LOG);
    for (Written record :
        List.of(device("d-1", 0, 5, 0, "{\"v\":1}"), device("d-1", 0, 5, 0, "{\"v\":2}"))) {
      digest.add(utf8(record.key), utf8(record.value), record.headers);
    }

    assertThat(digest.line())
        .isEqualTo(line(Topic.DEVICE_LOG, device("d-1", 0, 5, 0, "{\"v\":1}")));
    assertThat(digest.contradictions()).isEqualTo(1);
  }

  @Test
  void takesTheResultsOfOneIdInEitherOrder() {
    Written one = device("same", 0, 10, 0, "{\"aggregate_id\":\"one\"}");
    Written another = device("same", 0, 11, 0, "{\"aggregate_id\":\"another\"}");

    assertThat(line(Topic.COMMAND_RESULTS, another, one))
        .isEqualTo(line(Topic.COMMAND_RESULTS, one, another));
    assertThat(line(Topic.COMMAND_RESULTS, another, one).records()).isEqualTo(2);
  }

  @Test
  void takesTheNewestOfEachKeyOfACompactedTopic() {
    Written old = device("d-1", 0, 5, 0, "{\"v\":1}");
    Written newest = device("d-1", 0, 9, 0, "{\"v\":2}");
    TopicDigest.Line compacted = line(Topic.DEVICE_STATE, newest);

    assertThat(compacted.records()).isEqualTo(1);
    assertThat(line(Topic.DEVICE_STATE, old, newest)).isEqualTo(compacted);
    assertThat(line(Topic.DEVICE_STATE, newest, old)).as("a late repeat").isEqualTo(compacted);
  }

  @Test
  void leavesNothingOfAKeyThatHasEnded() {
    Written value = device("d-1", 0, 5, 0, "{\"v\":1}");
    Written end = device("d-1", 0, 9, 0, null);
    Written other = device("d-2", 0, 6, 0, "{\"v\":1}");

    assertThat(line(Topic.DEVICE_STATE, value, other, end))
        .isEqualTo(line(Topic.DEVICE_STATE, other));
    assertThat(line(Topic.DEVICE_STATE, other, end, value))
        .as("a late repeat")
        .isEqualTo(line(Topic.DEVICE_STATE, other));
  }

  @Test
  void takesTheVersionsOfANewLife() {
    Written first = versioned("d-1", 50, 5, "{\"days\":9}");
    Written end = versioned("d-1", 51, 9, null);
    Written second = versioned("d-1", 1, 12, "{\"days\":1}");

    assertThat(line(Topic.DEVICE_AVAILABILITY, first, end, second))
        .isEqualTo(line(Topic.DEVICE_AVAILABILITY, second));
    assertThat(line(Topic.DEVICE_AVAILABILITY, first, end).records()).isZero();
  }

  @Test
  void goesByTheVersionNotByTheOffset() {
    Written newer = versioned("m", 8, 3, "{\"online\":2}");
    Written older = versioned("m", 7, 99, "{\"online\":1}");

    assertThat(line(Topic.FLEET_COUNTS, newer, older)).isEqualTo(line(Topic.FLEET_COUNTS, newer));
  }

  @Test
  void leavesOutTheSoftFieldsOfDeviceState() {
    assertThat(
            line(
                Topic.DEVICE_STATE,
                device("d", 0, 1, 0, "{\"a\":1,\"last_seen\":1,\"last_data\":2}")))
        .isEqualTo(line(Topic.DEVICE_STATE, device("d", 0, 1, 0, "{\"last_seen\":7,\"a\":1}")))
        .isNotEqualTo(line(Topic.DEVICE_STATE, device("d", 0, 1, 0, "{\"a\":2}")));
    assertThat(line(Topic.DEVICE_LOG, device("d", 0, 1, 0, "{\"last_seen\":1}")).sha256())
        .isNotEqualTo(line(Topic.DEVICE_LOG, device("d", 0, 1, 0, "{}")).sha256());
  }

  @Test
  void sortsKeysAtEveryDepth() {
    assertThat(line(Topic.EVENTS_USER, foreign("u", "{\"b\":[{\"y\":1,\"x\":2}],\"a\":0}")))
        .isEqualTo(line(Topic.EVENTS_USER, foreign("u", "{\"a\":0,\"b\":[{\"x\":2,\"y\":1}]}")))
        .isNotEqualTo(line(Topic.EVENTS_USER, foreign("u", "{\"a\":0,\"b\":[{\"x\":1,\"y\":2}]}")));
  }

  @Test
  void countsEachOfTheRecordsThatNoJobWroteInAnyOrder() {
    Written one = foreign("k", "1");
    Written two = foreign("k", "2");
    Written none = foreign(null, "1");
    Written empty = foreign("", "1");

    assertThat(line(Topic.INGRESS, one, two, one, none))
        .isEqualTo(line(Topic.INGRESS, none, one, one, two));
    assertThat(line(Topic.INGRESS, one, one).records()).isEqualTo(2);
    assertThat(line(Topic.INGRESS, none).sha256())
        .isNotEqualTo(line(Topic.INGRESS, empty).sha256());
  }

  @Test
  void takesBytesThatAreNeitherJsonNorAvro() {
    assertThat(line(Topic.DEAD_LETTERS, foreign("k", "{half")).sha256())
        .isNotEqualTo(line(Topic.DEAD_LETTERS, foreign("k", "{halt")).sha256());
    assertThat(line(Topic.DEAD_LETTERS, foreign("k", null)).sha256())
        .isNotEqualTo(line(Topic.DEAD_LETTERS, foreign("k", "null")).sha256());
  }
}
