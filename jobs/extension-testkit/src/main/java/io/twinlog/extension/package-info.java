// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of extensions, without Flink or Kafka: {@link io.twinlog.extension.Given} is where they
 * begin. Event types, handlers and middleware are found on the class path and run by the code that
 * the router runs them by. How to use it: docs/extensions.md.
 */
package io.twinlog.extension;
