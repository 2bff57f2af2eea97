// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.ingress.CatalogueCheck;
import java.util.Optional;

/**
 * What a document is judged by that is no part of it, and differs by where it is read. It is for
 * documents that are to be published: one that is published must be read everywhere.
 *
 * @param jars the checks of users' jars; empty: not known, and what is used of them not judged
 * @param catalogue whether what triggers send is judged by the catalogue that is installed here
 */
public record Outside(Optional<QualityChecks> jars, boolean catalogue) {
  /** Nothing outside of the document counts. */
  public static Outside unknown() {
    return new Outside(Optional.empty(), false);
  }

  /** The catalogue that is installed here, and some jars. */
  public static Outside installed(Optional<QualityChecks> jars) {
    return new Outside(jars, true);
  }

  /** The catalogue; empty: what is sent is not judged. */
  Optional<CatalogueCheck> catalogue(boolean strict) {
    return catalogue
        ? Optional.of(new CatalogueCheck(Catalogue.installed(strict)))
        : Optional.empty();
  }
}
