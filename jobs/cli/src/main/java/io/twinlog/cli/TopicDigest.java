// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.wire.Header;
import io.twinlog.wire.Rank;
import io.twinlog.wire.Topic;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds the records of a topic into one hash that depends on what they say, not on where they
 * stand: two topics with the same outputs have the same digest, whatever their offsets, partitions,
 * times, repeats, and how their keys are interleaved. It reads nothing by itself, and keeps of each
 * record its key, its rank and a hash.
 *
 * <p>The hash is SHA-256 over, for each key in the order of its bytes: the length of the key (-1:
 * none), the key, and for each of its lanes the number of records and the SHA-256 of their hashes.
 * Records of a lane are in its order; lanes, whose names and offsets differ between installations,
 * are in the order of their hashes, and so are records that no job wrote.
 */
final class TopicDigest {
  /** Digest of a whole topic. */
  record Line(Topic topic, String sha256, int records) {
    String text() {
      return topic.text() + ' ' + sha256 + ' ' + records;
    }

    ObjectNode json() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("topic", topic.text())
          .put("sha256", sha256)
          .put("records", records);
    }
  }

  private final Topic topic;
  private final CanonicalJson json;
  private final MessageDigest sha = sha256();
  private final Map<Rank.Lane, Rank.Lane> lanes = new HashMap<>();
  private final List<DigestEntry> all = new ArrayList<>();
  private final NewestOfKeys newest = new NewestOfKeys();
  private int contradictions;

  TopicDigest(Topic topic) {
    this.topic = topic;
    this.json = new CanonicalJson(topic);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Takes the next record, in the order of its partition. Give it no ticks. */
  void add(byte[] key, byte[] value, List<Header> headers) {
    Optional<Rank> rank = Rank.of(headers).map(this::shared);
    DigestEntry entry = new DigestEntry(key, rank, sha.digest(json.of(value)), value == null);
    if (topic.cleanup() == Topic.Cleanup.COMPACT) {
      newest.add(entry);
    } else {
      all.add(entry);
    }
  }

  /** There are few lanes and many records: each lane is kept once. */
  private Rank shared(Rank rank) {
    Rank.Lane lane = lanes.computeIfAbsent(rank.lane(), same -> same);
    return new Rank(lane, rank.major(), rank.minor());
  }

  /** The digest of what was taken so far. */
  Line line() {
    List<DigestEntry> entries = entries();
    MessageDigest whole = sha256();
    for (int from = 0; from < entries.size(); ) {
      int to = from + 1;
      while (to < entries.size() && entries.get(to).isOfKey(entries.get(from))) {
        to++;
      }
      update(whole, entries.subList(from, to));
      from = to;
    }
    return new Line(topic, HexFormat.of().formatHex(whole.digest()), entries.size());
  }

  /**
   * Repeats that did not say what the record said that they repeat, as of the last {@link #line}:
   * the first of each counts.
   */
  int contradictions() {
    return contradictions;
  }

  private List<DigestEntry> entries() {
    List<DigestEntry> sorted =
        topic.cleanup() == Topic.Cleanup.COMPACT ? newest.values() : new ArrayList<>(all);
    sorted.sort(DigestEntry.ORDER);
    List<DigestEntry> once = new ArrayList<>(sorted.size());
    contradictions = 0;
    for (DigestEntry entry : sorted) {
      DigestEntry before = once.isEmpty() ? null : once.get(once.size() - 1);
      if (before == null || !entry.repeats(before)) {
        once.add(entry);
      } else if (!entry.saysTheSameAs(before)) {
        contradictions++;
      }
    }
    return once;
  }

  private void update(MessageDigest whole, List<DigestEntry> ofOneKey) {
    byte[] key = ofOneKey.get(0).key();
    whole.update(number(key == null ? -1 : key.length));
    if (key != null) {
      whole.update(key);
    }
    List<byte[]> hashes = new ArrayList<>();
    for (int from = 0; from < ofOneKey.size(); ) {
      int to = from + 1;
      while (to < ofOneKey.size() && ofOneKey.get(to).isOfLane(ofOneKey.get(from))) {
        to++;
      }
      hashes.add(lane(ofOneKey.subList(from, to)));
      from = to;
    }
    hashes.sort(Arrays::compareUnsigned);
    whole.update(number(hashes.size()));
    hashes.forEach(whole::update);
  }

  private byte[] lane(List<DigestEntry> ofOneLane) {
    List<byte[]> hashes = new ArrayList<>(ofOneLane.stream().map(DigestEntry::hash).toList());
    if (ofOneLane.get(0).rank().isEmpty()) {
      hashes.sort(Arrays::compareUnsigned);
    }
    sha.update(number(hashes.size()));
    hashes.forEach(sha::update);
    return sha.digest();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }
}
