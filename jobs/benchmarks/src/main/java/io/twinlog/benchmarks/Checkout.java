// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What was measured: the commit of a checkout. Without Git, or outside of one, it is unknown. */
record Checkout(Path home) {
  private static final String UNKNOWN = "unknown";

  /** Its short hash, with {@code -changed} where files differ from it. */
  String commit() throws IOException, InterruptedException {
    String hash = git("rev-parse", "--short=12", "HEAD");
    if (hash.isEmpty()) {
      return UNKNOWN;
    }
    // What is written there is no part of what is measured.
    String changes = git("status", "--porcelain", "--", ":!docs");
    return changes.isEmpty() ? hash : hash + "-changed";
  }

  /** What it prints; nothing when it fails, or is not there. */
  private String git(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder git = new ProcessBuilder("git");
    git.command().addAll(java.util.List.of(arguments));
    git.directory(home.toFile()).redirectError(Redirect.DISCARD);
    Process process;
    try {
      process = git.start();
    } catch (IOException noGit) {
      return "";
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? text.strip() : "";
  }
}
