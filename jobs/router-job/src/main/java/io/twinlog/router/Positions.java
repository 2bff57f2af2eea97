// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.router.Router.Position;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The position of each source partition, which stays the same from one tick to the next. */
final class Positions {
  private final RouterClocks clocks;
  private final Map<String, Position[]> known = new HashMap<>();

  Positions(RouterClocks clocks) {
    this.clocks = clocks;
  }

  /** After a tick of it. */
  void forget(String topicId, int partition) {
    room(topicId, partition)[partition] = null;
  }

  /** At a record of that partition. */
  Position of(String topicId, int partition) {
    Position[] positions = room(topicId, partition);
    if (positions[partition] == null) {
      positions[partition] =
          new Position(
              topicId, clocks.clockOf(topicId, partition), clocks.rulesOf(topicId, partition));
    }
    return positions[partition];
  }

  private Position[] room(String topicId, int partition) {
    Position[] positions = known.get(topicId);
    if (positions == null || partition >= positions.length) {
      positions =
          positions == null ? new Position[partition + 1] : Arrays.copyOf(positions, partition + 1);
      known.put(topicId, positions);
    }
    return positions;
  }
}
