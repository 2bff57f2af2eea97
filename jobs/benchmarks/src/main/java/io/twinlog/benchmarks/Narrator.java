// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

/** Hears how far a benchmark is; figures are not told here. */
interface Narrator {
  void say(String what);
}
