// SPDX-License-Identifier: Apache-2.0
/**
 * What all aggregates share: the shape of an aggregate, time as rules see it, reasons, values. Pure
 * Java: nothing here or below knows Flink, Kafka, Avro or a clock.
 */
package io.twinlog.domain;
