// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The project's version, as the build wrote it down. It knows that of no library. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"twinlog " + text()};
  }

  static String text() {
    try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
