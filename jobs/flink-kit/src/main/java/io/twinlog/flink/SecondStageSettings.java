// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.io.Serializable;

/**
 * What a second stage needs to know beside its rules.
 *
 * @param writer writer of its outputs: the job and the stage, {@code device-fleet}
 * @param inboxId Kafka's id of the job's inbox
 * @param bufferMax notices that a subtask may hold until all source partitions have passed their
 *     clock; one more stops the job
 * @param bufferSetting key of the setting that it comes from, for whoever must raise it
 */
public record SecondStageSettings(
    String writer, String inboxId, int bufferMax, String bufferSetting) implements Serializable {
  private static final long serialVersionUID = 1;
}
