// SPDX-License-Identifier: Apache-2.0
/** Pipelines as users of Flink write them from its documentation, to be measured beside ours. */
package io.twinlog.benchmarks.peers;
