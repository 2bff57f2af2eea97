// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.IOException;

/**
 * A {@link SecondStageBinding} whose rules look at one table that is common to all keys. The table
 * tells what was so at a clock, as long as that clock has not passed.
 */
public interface WatchingBinding<S, N, F> extends SecondStageBinding<S, N, F> {
  /** The table changes; called in the order of clocks. */
  void changed(Notice notice) throws IOException;

  /** How many changes the table had no room for, since it was opened; they have no effect. */
  long refused();

  /** Nobody will ask what was before this clock. */
  void passed(long clock);

  /** The table as it is kept. */
  byte[] table() throws IOException;

  /** Takes in a table that was kept. */
  void restore(byte[] table) throws IOException;
}
