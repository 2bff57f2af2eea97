// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * What Flink's own pages tell of the jobs of a cluster.
 *
 * @param address where they are
 */
record FlinkPages(String address) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Those of a job in a process of its own. */
  static FlinkPages of(ChildProcess job) throws IOException {
    return new FlinkPages(JSON.readTree(job.readyFile().toFile()).get("flink").asText());
  }

  /** How often jobs have been restarted, all together. */
  int restarts() throws IOException, InterruptedException {
    int restarts = 0;
    for (JsonNode job : get("/jobs").get("jobs")) {
      String id = job.get("id").asText();
      for (JsonNode metric : get("/jobs/" + id + "/metrics?get=numRestarts")) {
        restarts += metric.get("value").asInt();
      }
    }
    return restarts;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
    return JSON.readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }
}
