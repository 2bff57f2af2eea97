// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

/**
 * A key whose record could not be handled, and which waits with all that came later of it.
 *
 * @param topic without the prefix
 * @param key empty: the record has none
 * @param offset of the record that failed
 * @param records that wait
 * @param why the last failure; empty: it was before a restart
 */
public record ParkedRecords(
    String topic, int partition, String key, long offset, int records, String why) {}
