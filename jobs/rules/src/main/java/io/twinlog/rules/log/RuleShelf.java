// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.log;

import io.twinlog.schemas.PublishedRules;
import java.time.Duration;
import java.util.Optional;

/** Where published sets of rules are found. */
interface RuleShelf extends AutoCloseable {
  /**
   * The set of a version, as it was published; empty: it is not there so far.
   *
   * @param patience how long to wait for one that is not there
   * @throws StoredRules.UnsoundException when what stands there is not what was published
   * @throws org.apache.kafka.common.errors.TimeoutException when nobody answers
   */
  Optional<PublishedRules> find(long version, Duration patience);

  @Override
  void close();
}
