// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The project's version, as the build wrote it down. */
public final class BuildVersion {
  private BuildVersion() {}

  /** Such as {@code 0.3.0}. */
  public static String text() {
    try (InputStream in = BuildVersion.class.getResourceAsStream("version.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command answers to {@code --version}. */
  public static String line() {
    return "twinlog " + text();
  }
}
