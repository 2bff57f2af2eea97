// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

/** A document of rules as a test writes it, in YAML or JSON. */
public record RulesExample(String document) {}
