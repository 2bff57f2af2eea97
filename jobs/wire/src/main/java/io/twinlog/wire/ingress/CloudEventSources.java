// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import io.twinlog.schemas.EventSource;
import io.twinlog.wire.cloudevents.SourceNames;
import io.twinlog.wire.cloudevents.UriReference;

/**
 * Finds service and component in the source and the subject of a CloudEvent. How long they may be
 * is for {@link EnvelopeRules}.
 */
final class CloudEventSources {
  private CloudEventSources() {}

  /**
   * With a subject, that is the component. Without one, {@code SERVICE/COMPONENT} is the same as
   * the source {@code SERVICE} with the subject {@code COMPONENT}; what cannot be split is both.
   *
   * @param source a URI-reference, as it is written
   * @param subject null: there is none
   */
  static EventSource of(UriReference uri, String source, String subject, String version) {
    if (subject != null) {
      return new EventSource(SourceNames.id(source), subject, version);
    }
    int slash = uri.bare() ? source.lastIndexOf('/') : -1;
    boolean splits = slash >= Math.max(uri.from(), 1) && slash < source.length() - 1;
    String service = SourceNames.id(splits ? source.substring(0, slash) : source);
    String component = splits ? SourceNames.id(source.substring(slash + 1)) : service;
    return new EventSource(service, component, version);
  }
}
