// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.flink.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One who can be told, as it is set under {@code notifier.targets.<name>}. Secrets are read where
 * they are used, from a file or the environment: no setting holds one.
 *
 * @param settings by their names behind the target's
 */
record Target(String name, SortedMap<String, String> settings) {
  static final String ALERTMANAGER = "alertmanager";
  static final String WEBHOOK = "webhook";
  static final String CONSOLE = "console";

  private static final String TYPE = "type";
  private static final String URL = "url";
  private static final String AUTHORIZATION = "authorization";
  private static final String TEMPLATE = "template";
  private static final String HEADER = "header.";
  private static final String FILE = "-file";
  private static final String ENV = "-env";

  private static final List<String> KNOWN =
      List.of(
          TYPE,
          URL,
          URL + FILE,
          URL + ENV,
          AUTHORIZATION + FILE,
          AUTHORIZATION + ENV,
          TEMPLATE,
          TEMPLATE + FILE);

  Target {
    settings = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /**
   * The targets of a map such as {@code operations.type: webhook}.
   *
   * @throws SettingsException when one cannot be as it is set
   */
  static SortedMap<String, Target> all(String key, Map<String, String> map) {
    TreeMap<String, TreeMap<String, String>> byName = new TreeMap<>();
    map.forEach(
        (path, value) -> {
          int dot = path.indexOf('.');
          if (dot <= 0) {
            throw new SettingsException(key + "." + path + ": write " + key + ".<target>.type");
          }
          byName
              .computeIfAbsent(path.substring(0, dot), name -> new TreeMap<>())
              .put(path.substring(dot + 1), value);
        });
    TreeMap<String, Target> targets = new TreeMap<>();
    byName.forEach(
        (name, settings) -> {
          Target target = new Target(name, settings);
          target.check(key + "." + name);
          targets.put(name, target);
        });
    return targets;
  }

  private void check(String key) {
    for (String setting : settings.keySet()) {
      if (!KNOWN.contains(setting) && !setting.startsWith(HEADER)) {
        throw new SettingsException(
            "%s.%s: no such setting; there are %s and %s<name>"
                .formatted(key, setting, String.join(", ", KNOWN), HEADER));
      }
    }
    switch (type()) {
      case CONSOLE -> {}
      case ALERTMANAGER, WEBHOOK -> {
        try {
          request("");
          template();
        } catch (IllegalArgumentException e) {
          throw new SettingsException(key + ": " + e.getMessage(), e);
        }
      }
      default ->
          throw new SettingsException(
              key + ".type: must be alertmanager, webhook or console, is " + type());
    }
  }

  String type() {
    return settings.getOrDefault(TYPE, "");
  }

  /**
   * A request to it, without a body.
   *
   * @param path to go behind its URL
   * @throws IllegalArgumentException when there can be none; the message holds no secret
   */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    headers()
        .forEach(
            (name, value) -> {
              try {
                request.header(name, value);
              } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("header " + name + " cannot be sent");
              }
            });
    return request;
  }

  private URI uri(String path) {
    String url = value(URL);
    if (url.isEmpty()) {
      throw new IllegalArgumentException("url, url-file or url-env must say where it is");
    }
    URI uri;
    try {
      // A slash at the end is the URL's own, unless one follows.
      boolean twice = url.endsWith("/") && path.startsWith("/");
      uri = URI.create(url + (twice ? path.substring(1) : path));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its url cannot be read");
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("its url must begin with http:// or https://, and a host");
    }
    return uri;
  }

  private SortedMap<String, String> headers() {
    TreeMap<String, String> headers = new TreeMap<>();
    settings.forEach(
        (setting, value) -> {
          if (setting.startsWith(HEADER)) {
            headers.put(setting.substring(HEADER.length()), value);
          }
        });
    String authorization = value(AUTHORIZATION);
    if (!authorization.isEmpty()) {
      headers.put("Authorization", authorization);
    }
    return headers;
  }

  /**
   * What a webhook is sent.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  Template template() {
    String text = value(TEMPLATE);
    return text.isEmpty() ? Template.WHOLE : Template.of(text);
  }

  /** A setting, or what its file or its variable holds; empty: it is not set. */
  private String value(String setting) {
    String file = settings.get(setting + FILE);
    String variable = settings.get(setting + ENV);
    if (file != null) {
      try {
        return Files.readString(Path.of(file)).strip();
      } catch (IOException e) {
        throw new IllegalArgumentException(setting + FILE + ": cannot read " + file, e);
      }
    }
    if (variable != null) {
      String value = System.getenv(variable);
      if (value == null) {
        throw new IllegalArgumentException(setting + ENV + ": " + variable + " is not set");
      }
      return value.strip();
    }
    return settings.getOrDefault(setting, "");
  }
}
