// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

record Expected(
    String topic, String key, String type, String writer, String content, String clock) {}
