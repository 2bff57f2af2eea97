// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.cel.Conditions;
import io.twinlog.wire.json.PlainJson;

/** JSON as conditions see it. */
public final class Facts {
  private Facts() {}

  /** As {@link PlainJson}; for null {@link Conditions#NOTHING}. */
  public static Object of(JsonNode json) {
    return PlainJson.of(json, Conditions.NOTHING);
  }
}
