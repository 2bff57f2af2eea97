// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.wire.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** What commands answer to {@code --version}. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {BuildVersion.line()};
  }
}
