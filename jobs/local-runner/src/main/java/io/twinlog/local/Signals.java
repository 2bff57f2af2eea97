// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hears SIGINT, SIGTERM and SIGHUP: the first asks for an orderly stop, the next ends the JVM at
 * once. A shutdown hook could do neither: it cannot choose the exit code, nor be cut short.
 */
final class Signals {
  private static final String[] NAMES = {"INT", "TERM", "HUP"};
  private static final int KILLED = 130;

  private Signals() {}

  /** Calls {@code stop} at the first signal, in a thread of its own. */
  static void handle(Runnable stop) {
    AtomicBoolean asked = new AtomicBoolean();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (!method.getName().equals("handle")) {
            return method.invoke(stop, arguments);
          }
          if (asked.getAndSet(true)) {
            Runtime.getRuntime().halt(KILLED);
          }
          stop.run();
          return null;
        };
    try {
      // By name: the compiler warns of sun.misc whatever it is told, and warnings are errors.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {type}, handler);
      for (String name : NAMES) {
        Object one = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, type).invoke(null, one, listener);
      }
    } catch (ReflectiveOperationException e) {
      throw new LocalRunException("this JVM does not let signals be handled: " + e);
    }
  }
}
