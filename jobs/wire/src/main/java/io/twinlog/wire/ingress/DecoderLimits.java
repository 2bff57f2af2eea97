// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import java.io.Serializable;

/**
 * How much of a value is read at most; what is larger is rejected as {@code too_large}. The limits
 * of single fields are no settings: they belong to the envelope and the catalogue.
 *
 * @param documentBytes of a whole value, and of a payload
 * @param depth of nested objects and arrays; the outermost is 1
 * @param stringLength of any string, in code points
 * @param nameLength of any key of an object, in code points
 */
public record DecoderLimits(int documentBytes, int depth, int stringLength, int nameLength)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public static final DecoderLimits DEFAULT = new DecoderLimits(256 * 1024, 32, 64 * 1024, 128);

  /** The most that can be set; what any decoder has let pass can be read again under it. */
  public static final DecoderLimits LARGEST =
      new DecoderLimits(1024 * 1024, 128, 1024 * 1024, 1024);

  public DecoderLimits {
    require("documentBytes", documentBytes, 1024 * 1024);
    require("depth", depth, 128);
    require("stringLength", stringLength, 1024 * 1024);
    require("nameLength", nameLength, 1024);
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be 1 to " + most + ", is " + value);
    }
  }
}
