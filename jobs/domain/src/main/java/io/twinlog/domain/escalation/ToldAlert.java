// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.Severity;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alert, whom it is told to, and why it is not.
 *
 * @param news the newest, without its calls; null: nothing was heard
 * @param told by target
 * @param mutedBy empty: by nothing
 * @param checkAt clock at which that is looked at again; {@link io.twinlog.domain.Aggregate#NEVER}
 */
public record ToldAlert(
    AlertNews news, SortedMap<String, Told> told, String mutedBy, long checkAt) {
  static final ToldAlert NONE =
      new ToldAlert(null, new TreeMap<>(), "", io.twinlog.domain.Aggregate.NEVER);

  /**
   * How it stands with a target.
   *
   * @param step the highest that called it there
   * @param severity its level when the group last heard of it
   */
  public record Told(int step, boolean urgent, Standing standing, Severity severity) {}

  public ToldAlert {
    told = Collections.unmodifiableSortedMap(new TreeMap<>(told));
  }
}
