// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.wire.handler.EventHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs a handler as its author does: the class, and its name among the services. */
final class HandlerJar {
  private HandlerJar() {}

  static Path write(Path directory, Class<? extends EventHandler> handler) throws IOException {
    Path jar = directory.resolve(handler.getSimpleName() + ".jar");
    String entry = handler.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream compiled = handler.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      compiled.transferTo(out);
      out.putNextEntry(new JarEntry("META-INF/services/" + EventHandler.class.getName()));
      out.write(handler.getName().getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }
}
