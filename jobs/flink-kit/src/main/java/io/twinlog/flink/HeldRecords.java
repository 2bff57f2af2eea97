// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;
import java.util.List;

/** The inputs that wait with their key, in the order of the inbox; those of the current key. */
interface HeldRecords {
  /** Whether one more key may wait, beside those that do. */
  boolean hasRoom(String key);

  /** Whether the key is one of those that have room. */
  boolean holds(String key);

  void add(InboxRecord record) throws IOException;

  List<InboxRecord> all() throws IOException;

  /** Holds these and no others; none: the key waits all the same. */
  void replace(List<InboxRecord> records) throws IOException;

  /** The key waits no more. */
  void clear() throws IOException;
}
