// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.Serializable;

/**
 * What the shell needs to know beside the aggregate.
 *
 * @param job name of the job: writer of its outputs
 * @param inboxName name of the inbox on the broker
 * @param inboxId Kafka's id of the inbox
 * @param idsMax ids that a key remembers
 * @param idsHorizonMillis how long it remembers them, on the clock
 * @param resultsMax results of commands that a key remembers
 * @param resultsHorizonMillis how long it remembers them, on the clock
 * @param cache how much of the state is kept decoded on the heap
 * @param parking how keys wait whose input failed
 */
public record AggregateSettings(
    String job,
    String inboxName,
    String inboxId,
    int idsMax,
    long idsHorizonMillis,
    int resultsMax,
    long resultsHorizonMillis,
    CacheSettings cache,
    ParkingSettings parking)
    implements Serializable {
  private static final long serialVersionUID = 1;
}
