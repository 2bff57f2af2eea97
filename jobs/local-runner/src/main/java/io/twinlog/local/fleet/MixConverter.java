// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import io.twinlog.local.fleet.core.Mix;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a mix as the command line has it. */
final class MixConverter implements ITypeConverter<Mix> {
  @Override
  public Mix convert(String text) {
    try {
      return Mix.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
