// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.rules.text.Node;

/**
 * A value of a document, and the way to it.
 *
 * @param key the name that it stands under; null: it is of a list, or the whole
 */
record Value(Node node, String path, Node.Text key) {
  Spot spot() {
    return new Spot(node.place(), path);
  }

  /** Where its name stands. */
  Spot keySpot() {
    return key == null ? spot() : new Spot(key.place(), path);
  }
}
