// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import com.sun.net.httpserver.HttpServer;
import io.twinlog.client.ClientSettings;
import io.twinlog.client.Publisher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Instances of a service: each answers over HTTP with its id, and says that it lives. */
final class SteadyServices implements AutoCloseable {
  /** Between two signs of life, as they promise: the shortest that there is. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Publisher publisher;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, Instance> instances = new TreeMap<>();

  /**
   * Starts them, as {@code NAME-0}, {@code NAME-1} and so on.
   *
   * @param name of the service
   */
  SteadyServices(String bootstrap, String name, int count) throws IOException {
    publisher =
        new Publisher(ClientSettings.at(bootstrap).withDeliveryTimeout(Duration.ofMinutes(30)));
    for (int i = 0; i < count; i++) {
      instances.put(name + "-" + i, new Instance(name + "-" + i, name));
    }
  }

  /** Kills one: it answers nothing, and says nothing any more. */
  void kill(String id) {
    instances.get(id).end();
  }

  /** Ends one as it should: it says so first. */
  void stop(String id) {
    Instance instance = instances.get(id);
    instance.say("service.stopped", "{\"service_id\":\"%s\"}".formatted(id));
    instance.end();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    instances.values().forEach(Instance::end);
    publisher.close(Duration.ZERO);
  }

  private final class Instance {
    private final String id;
    private final HttpServer server;
    private final ScheduledFuture<?> beat;
    private int said;

    Instance(String id, String name) throws IOException {
      this.id = id;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            byte[] answer = id.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
      say(
          "service.started",
          "{\"service_id\":\"%s\",\"service_info\":{\"name\":\"%s\",\"endpoint\":\"http://127.0.0.1:%d\",\"interval_ms\":%d}}"
              .formatted(id, name, server.getAddress().getPort(), INTERVAL.toMillis()));
      long period = INTERVAL.toMillis() / 2;
      beat = timer.scheduleAtFixedRate(this::beat, period, period, TimeUnit.MILLISECONDS);
    }

    private void beat() {
      say("health.check", "{\"service_id\":\"%s\",\"status\":\"healthy\"}".formatted(id));
    }

    private synchronized void say(String type, String payload) {
      publisher.publish(Messages.event(id, id + "-" + said++, type, payload, Instant.now()));
    }

    void end() {
      beat.cancel(false);
      server.stop(0);
    }
  }
}
