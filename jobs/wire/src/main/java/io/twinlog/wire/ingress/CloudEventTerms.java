// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Says the paths of our envelope in the words of CloudEvents, for whoever sent one. It changes no
 * message.
 *
 * @param component the attribute that told the component
 * @param data the member that held the payload
 */
record CloudEventTerms(String component, String data) implements UnaryOperator<String> {
  private static final String COMPONENT = "source.component_id";
  private static final Map<String, String> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("event_type", "type"),
          Map.entry("source.service_id", "source"),
          Map.entry("source.version", "sourceversion"),
          Map.entry("timestamp", "time"),
          Map.entry("data.schema_version", "dataschema"),
          Map.entry("data.encoding", "datacontenttype"),
          Map.entry("metadata.correlation_id", "correlationid"),
          Map.entry("metadata.causation_id", "causationid"),
          Map.entry("metadata.user_id", "userid"),
          Map.entry("metadata.session_id", "sessionid"),
          Map.entry("metadata.sequence", "sequence"),
          Map.entry("metadata.priority", "priority"),
          Map.entry("metadata.ttl", "ttl"),
          Map.entry("metadata.traceparent", "traceparent"));

  @Override
  public String apply(String path) {
    if (path.equals(COMPONENT)) {
      return component;
    }
    String payload = Part.EVENT_PAYLOAD.path;
    return path.startsWith(payload)
        ? data + path.substring(payload.length())
        : ATTRIBUTES.getOrDefault(path, path);
  }
}
