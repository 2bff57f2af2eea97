// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A webhook on a port of its own. It keeps what it was sent. */
final class HttpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();

  /** What was posted. */
  record Received(String path, String idempotencyKey, String body) {}

  HttpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    received.add(new Received(exchange.getRequestURI().getPath(), key == null ? "" : key, body));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** What came to a path so far. */
  List<Received> at(String path) {
    return received.stream().filter(one -> one.path.equals(path)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
