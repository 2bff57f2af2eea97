// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Gathering;
import io.twinlog.wire.BinaryCodec;

/**
 * What a job hands to {@link SecondStageOperator}: its rules, and how they are read and written.
 */
public interface SecondStageBinding<S, N, F> {
  Gathering<S, N, F> gathering();

  /** The state as it is kept in RocksDB. */
  BinaryCodec<S> states();

  /** What notices hold. */
  BinaryCodec<N> notices();

  /**
   * Writes a fact of a key out, with {@link io.twinlog.wire.HeaderNames#VERSION} among its headers.
   */
  void publish(String key, F fact, Outputs outputs);
}
