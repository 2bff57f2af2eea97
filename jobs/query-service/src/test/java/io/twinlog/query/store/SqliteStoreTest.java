// SPDX-License-Identifier: Apache-2.0
package io.twinlog.query.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.query.store.ReadStore.Change;
import io.twinlog.query.store.ReadStore.Order;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends ReadStoreContract {
  @TempDir Path directory;
  private SqliteStore store;

  @Override
  ReadStore store() {
    if (store == null) {
      store = SqliteStore.open(directory.resolve("store.db"), List.of(DEVICES));
    }
    return store;
  }

  @Override
  ReadStore again() {
    close();
    store = null;
    return store();
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void readersSeeWholeTransactionsWhileItWrites() {
    ReadStore both = store();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 1; i <= 300; i++) {
                both.apply(List.of(at("d-1", i), at("d-2", i)), Map.of());
              }
            });
    while (!writing.isDone()) {
      List<String> values =
          both.rows(DEVICES, Query.of(10)).rows().stream().map(ReadStore.Row::json).toList();
      assertThat(values.stream().distinct().count()).as(values.toString()).isLessThan(2);
    }
    writing.join();
    assertThat(both.count(DEVICES, List.of(Filter.is("version", 300L)))).isEqualTo(2);
  }

  private static Change at(String key, long version) {
    return new Change(
        DEVICES,
        key,
        new Order("l", version, 0),
        Long.toString(version),
        Map.of("version", version));
  }

  @Test
  void saysWhichFileCannotBeOpened() {
    Path nowhere = directory.resolve("no/such/store.db");

    assertThatThrownBy(() -> SqliteStore.open(nowhere, List.of(DEVICES)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(nowhere.toString());
  }

  @Test
  void refusesANameThatWouldBeAPartOfAStatement() {
    assertThatThrownBy(() -> new Table("devices; DROP", List.of()))
        .hasMessageContaining("cannot be the name");
  }
}
