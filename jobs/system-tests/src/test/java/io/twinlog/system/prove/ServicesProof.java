// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.ServiceEndpoint;
import io.twinlog.schemas.ServiceEndpoints;
import io.twinlog.system.Programs;
import io.twinlog.system.TopicContents;
import io.twinlog.wire.Repeats;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service of eight instances, a broker that dies, an instance that does, and an nginx that
 * follows service.endpoints as deploy/nginx shows it.
 */
class ServicesProof {
  private static final Path NGINX = Path.of(System.getProperty("twinlog.root"), "deploy", "nginx");

  /** Three intervals, and 10 s for ticks, the shuffle and the way of a record. */
  private static final Duration FOUND = SteadyServices.INTERVAL.multipliedBy(3).plusSeconds(10);

  private static final int INSTANCES = 8;

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final SingleObject singleObject = new SingleObject();

  @Test
  void services() throws Exception {
    Programs.require("nginx");
    Programs.require("jq");
    Report report = new Report();
    int port = freePort();
    Path upstream = nginx(port);
    try (ProcessRig rig = new ProcessRig(directory)) {
      rig.job("clock", ProcessRig.PREFIX, 1, "clock.resume-grace=2 s");
      rig.job("router", ProcessRig.PREFIX, 2);
      rig.job("service", ProcessRig.PREFIX, 2);
      rig.awaitReady();
      Process nginx = start("nginx", "-c", conf().toString(), "-g", "daemon off;");
      Process follower =
          start(
              NGINX.resolve("follow-endpoints.sh").toString(),
              "shop",
              upstream.toString(),
              "--bootstrap",
              rig.bootstrap(),
              "--prefix",
              ProcessRig.PREFIX);
      try (SteadyServices services = new SteadyServices(rig.bootstrap(), "shop", INSTANCES);
          SteadyServices others = new SteadyServices(rig.bootstrap(), "cart", 1)) {
        awaitAnswers(port, INSTANCES);

        rig.broker().kill();
        report.letPass(Duration.ofSeconds(8), "the broker is dead");
        rig.broker().restart().awaitReady();
        awaitAnswers(port, INSTANCES);
        report.letPass(FOUND, "who was taken for dead would leave");
        services.stop("shop-7");
        await("the list without shop-7", () -> !last(rig).contains("shop-7"));
        List<List<String>> all = lists(rig);
        assertThat(all.subList(INSTANCES - 1, all.size() - 1))
            .allMatch(list -> list.size() == INSTANCES);
        assertThat(last(rig)).hasSize(INSTANCES - 1);
        report.figure(
            "lists that the broker's death has changed",
            Integer.toString(all.size() - 1 - INSTANCES));

        others.stop("cart-0");
        Instant killed = Instant.now();
        services.kill("shop-3");
        await("the list without shop-3", () -> !last(rig).contains("shop-3"));
        Duration took = Duration.between(killed, Instant.now());
        report.figure("until the dead one was off the list", took);
        assertThat(took).isLessThan(FOUND);
        assertThat(last(rig)).hasSize(INSTANCES - 2);
        await("the upstream without them", () -> Files.readString(upstream).lines().count() == 8);
        assertThat(Files.readString(upstream)).doesNotContain("shop-3", "shop-7", "cart");
        await("nginx was reloaded", () -> Files.readString(followed()).endsWith(": 6 servers\n"));
        awaitAnswers(port, INSTANCES - 2);
      } finally {
        end(follower);
        end(nginx);
      }
    }
    report.printTable();
  }

  private Path followed() {
    return directory.resolve("follow-endpoints.sh.out");
  }

  private Path conf() {
    return directory.resolve("nginx.conf");
  }

  /**
   * The example's configuration, as an nginx of this user can run it; the file that it includes.
   */
  private Path nginx(int port) throws IOException {
    Path upstream = directory.resolve("shop.upstream");
    Files.writeString(upstream, "upstream shop { server 127.0.0.1:1 down; }\n");
    String conf = Files.readString(NGINX.resolve("nginx.conf"));
    assertThat(conf).contains("listen 8000;", "/etc/nginx/twinlog/*.upstream", "http {");
    Files.writeString(
        conf(),
        "pid %1$s/nginx.pid;\nerror_log %1$s/nginx.log;\n".formatted(directory)
            + conf.replace("listen 8000;", "listen 127.0.0.1:%d;".formatted(port))
                .replace("/etc/nginx/twinlog/*.upstream", upstream.toString())
                .replace("http {", "http {\n  access_log off;"));
    return upstream;
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("NGINX_CONF", conf().toString()));
    return builder
        .redirectOutput(directory.resolve(Path.of(command[0]).getFileName() + ".out").toFile())
        .start();
  }

  /** With all that it has started: the follower is a pipeline. */
  private static void end(Process process) throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroy);
    process.waitFor();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollInterval(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(60))
        .until(condition);
  }

  /** Asks nginx until so many have answered, and no other does. */
  private void awaitAnswers(int port, int count) {
    await(
        "answers of %d instances".formatted(count),
        () -> {
          Set<String> answers = new TreeSet<>();
          for (int i = 0; i < 2 * count; i++) {
            answers.add(ask(port));
          }
          return answers.size() == count && answers.stream().allMatch(a -> a.startsWith("shop-"));
        });
  }

  private String ask(int port) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<String> last(ProcessRig rig) {
    List<List<String>> lists = lists(rig);
    return lists.get(lists.size() - 1);
  }

  /** Every list of the service, without repeats. */
  private List<List<String>> lists(ProcessRig rig) {
    List<List<String>> lists = new ArrayList<>();
    Repeats repeats = new Repeats();
    TopicContents.read(rig.bootstrap(), Topic.SERVICE_ENDPOINTS)
        .forEach(
            record -> {
              if (!repeats.isRepeat(record.key(), TopicContents.headers(record))
                  && record.value() != null) {
                ServiceEndpoints list = singleObject.decode(record.value(), ServiceEndpoints.class);
                if (list.getName().equals("shop")) {
                  lists.add(
                      list.getInstances().stream().map(ServiceEndpoint::getServiceId).toList());
                }
              }
            });
    return lists;
  }
}
