// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

/** The process. All else is in {@link Twinlog}, which tests call without one. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Twinlog.run(Environment.ofThisProcess(), arguments));
  }
}
