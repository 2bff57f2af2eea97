// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A real receiver on a port of its own, which answers as it is told. */
final class TestingReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> received = new ArrayList<>();
  private volatile int status = 200;
  private volatile boolean stalls;

  /** What was posted. */
  record Received(String path, String body, String idempotencyKey, String authorization) {}

  TestingReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free", e);
    }
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    synchronized (received) {
      received.add(
          new Received(
              exchange.getRequestURI().getPath(),
              body,
              exchange.getRequestHeaders().getFirst("Idempotency-Key"),
              exchange.getRequestHeaders().getFirst("Authorization")));
    }
    exchange.sendResponseHeaders(status, stalls ? 10 : -1);
    if (stalls) {
      exchange.getResponseBody().flush();
    } else {
      exchange.close();
    }
  }

  /** From here on it answers so. */
  void answers(int with) {
    status = with;
  }

  /** From here on it promises a body, and sends none; or it does not. */
  void stalls(boolean so) {
    stalls = so;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
