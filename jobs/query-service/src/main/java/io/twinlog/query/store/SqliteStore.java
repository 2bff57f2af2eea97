// SPDX-License-Identifier: Apache-2.0
package io.twinlog.query.store;

import io.twinlog.query.store.Table.Column;
import io.twinlog.query.store.Table.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * A {@link ReadStore} in one file of SQLite, in write-ahead mode: readers see the last transaction
 * that ended, and wait for no writer. Each call of a reader is a transaction of its own.
 */
public final class SqliteStore implements ReadStore {
  private final Path file;
  private final List<Table> tables;
  private final Connection writer;

  /** Those that nobody asks on now. */
  private final Queue<Connection> readers = new ConcurrentLinkedQueue<>();

  private SqliteStore(Path file, List<Table> tables) throws SQLException {
    this.file = file;
    this.tables = List.copyOf(tables);
    this.writer = open(file);
  }

  /**
   * Opens the store, and makes what is missing of it.
   *
   * @throws StoreException when the file cannot be used
   */
  public static SqliteStore open(Path file, List<Table> tables) {
    try {
      SqliteStore store = new SqliteStore(file, tables);
      store.make();
      return store;
    } catch (SQLException e) {
      throw new StoreException("the store " + file + " cannot be opened", e);
    }
  }

  private static Connection open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      // What a crash of the machine takes is read again from Kafka.
      statement.execute("PRAGMA synchronous = NORMAL");
      statement.execute("PRAGMA busy_timeout = 10000");
    }
    return connection;
  }

  private void make() throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS positions (topic_id TEXT NOT NULL, part INTEGER NOT NULL,"
              + " next INTEGER NOT NULL, PRIMARY KEY (topic_id, part)) WITHOUT ROWID");
      for (Table table : tables) {
        // A row that is gone stays, without its value: what is older must not bring it back.
        String columns =
            table.columns().stream()
                .map(column -> ", c_" + column.name() + " " + type(column))
                .collect(Collectors.joining());
        statement.execute(
            "CREATE TABLE IF NOT EXISTS t_%s (key TEXT NOT NULL PRIMARY KEY, lane TEXT NOT NULL, major INTEGER NOT NULL, minor INTEGER NOT NULL, json TEXT%s) WITHOUT ROWID"
                .formatted(table.name(), columns));
        for (Column column : table.columns()) {
          statement.execute(
              "CREATE INDEX IF NOT EXISTS i_%1$s_%2$s ON t_%1$s (c_%2$s, key)"
                  .formatted(table.name(), column.name()));
        }
      }
    }
  }

  private static String type(Column column) {
    return column.kind() == Kind.TEXT ? "TEXT" : "INTEGER";
  }

  @Override
  public synchronized void apply(List<Change> changes, Map<Part, Long> positions) {
    try {
      writer.setAutoCommit(false);
      try {
        for (Change change : changes) {
          apply(change);
        }
        for (Map.Entry<Part, Long> position : positions.entrySet()) {
          note(position.getKey(), position.getValue());
        }
        writer.commit();
      } catch (SQLException | RuntimeException e) {
        writer.rollback();
        throw e;
      } finally {
        writer.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new StoreException("nothing of " + changes.size() + " changes was written", e);
    }
  }

  private void apply(Change change) throws SQLException {
    List<Column> columns = change.table().columns();
    String names = columns.stream().map(c -> ", c_" + c.name()).collect(Collectors.joining());
    String sets =
        columns.stream()
            .map(c -> ", c_%1$s = excluded.c_%1$s".formatted(c.name()))
            .collect(Collectors.joining());
    String sql =
        "INSERT INTO t_%s (key, lane, major, minor, json%s) VALUES (?, ?, ?, ?, ?%s) ON CONFLICT (key) DO UPDATE SET lane = excluded.lane, major = excluded.major, minor = excluded.minor, json = excluded.json%s WHERE lane <> excluded.lane OR (excluded.major, excluded.minor) > (major, minor)"
            .formatted(change.table().name(), names, ", ?".repeat(columns.size()), sets);
    try (PreparedStatement statement = writer.prepareStatement(sql)) {
      statement.setString(1, change.key());
      statement.setString(2, change.order().lane());
      statement.setLong(3, change.order().major());
      statement.setInt(4, change.order().minor());
      statement.setString(5, change.json());
      for (int i = 0; i < columns.size(); i++) {
        statement.setObject(6 + i, stored(change.columns().get(columns.get(i).name())));
      }
      statement.executeUpdate();
    }
  }

  private static Object stored(Object value) {
    return value instanceof Boolean flag ? (Object) (flag ? 1L : 0L) : value;
  }

  private void note(Part part, long next) throws SQLException {
    try (PreparedStatement statement =
        writer.prepareStatement(
            "INSERT INTO positions VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET next = excluded.next")) {
      statement.setString(1, part.topicId());
      statement.setInt(2, part.partition());
      statement.setLong(3, next);
      statement.executeUpdate();
    }
  }

  /** A question to the file, on a connection that nobody else uses meanwhile. */
  private interface Question<T> {
    T ask(PreparedStatement statement) throws SQLException;
  }

  private <T> T ask(String sql, Question<T> question) {
    try {
      Connection idle = readers.poll();
      Connection reader = idle == null ? open(file) : idle;
      try (PreparedStatement statement = reader.prepareStatement(sql)) {
        T answer = question.ask(statement);
        readers.add(reader);
        return answer;
      } catch (SQLException e) {
        reader.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new StoreException("the store does not answer: " + sql, e);
    }
  }

  @Override
  public Map<Part, Long> positions() {
    return ask(
        "SELECT topic_id, part, next FROM positions",
        statement -> {
          Map<Part, Long> positions = new HashMap<>();
          ResultSet rows = statement.executeQuery();
          while (rows.next()) {
            positions.put(new Part(rows.getString(1), rows.getInt(2)), rows.getLong(3));
          }
          return positions;
        });
  }

  @Override
  public Optional<Row> row(Table table, String key) {
    return ask(
        "SELECT json FROM t_%s WHERE key = ? AND json IS NOT NULL".formatted(table.name()),
        statement -> {
          statement.setString(1, key);
          ResultSet rows = statement.executeQuery();
          return rows.next() ? Optional.of(new Row(key, rows.getString(1))) : Optional.empty();
        });
  }

  @Override
  public Page rows(Table table, Query query) {
    Conditions conditions = new Conditions(table);
    query.filters().forEach(conditions::add);
    Optional<Column> sort = query.sort().map(name -> conditions.sortable(name));
    query.after().map(Cursor::of).ifPresent(cursor -> conditions.add(cursor, sort, query));
    String by = sort.map(column -> "c_" + column.name()).orElse("NULL");
    String direction = query.descending() ? " DESC" : "";
    String sql =
        "SELECT key, json, %s FROM t_%s WHERE %s ORDER BY %skey%s LIMIT ?"
            .formatted(
                by,
                table.name(),
                conditions.sql(),
                sort.isEmpty() ? "" : by + direction + ", ",
                direction);
    return ask(
        sql,
        statement -> {
          int next = conditions.bind(statement);
          // One more tells whether there is another page.
          statement.setInt(next, query.limit() + 1);
          return page(statement.executeQuery(), query.limit());
        });
  }

  private static Page page(ResultSet rows, int limit) throws SQLException {
    List<Row> page = new ArrayList<>();
    Cursor last = null;
    while (rows.next()) {
      if (page.size() == limit) {
        return new Page(page, Optional.of(last.text()));
      }
      page.add(new Row(rows.getString(1), rows.getString(2)));
      Object value = rows.getObject(3);
      last =
          new Cursor(
              value instanceof Number n ? (Long) n.longValue() : value,
              page.get(page.size() - 1).key());
    }
    return new Page(page, Optional.empty());
  }

  @Override
  public long count(Table table, List<Filter> filters) {
    Conditions conditions = new Conditions(table);
    filters.forEach(conditions::add);
    return ask(
        "SELECT count(*) FROM t_%s WHERE %s".formatted(table.name(), conditions.sql()),
        statement -> {
          conditions.bind(statement);
          ResultSet rows = statement.executeQuery();
          rows.next();
          return rows.getLong(1);
        });
  }

  @Override
  public synchronized void close() {
    try {
      for (Connection reader = readers.poll(); reader != null; reader = readers.poll()) {
        reader.close();
      }
      writer.close();
    } catch (SQLException e) {
      throw new StoreException("the store " + file + " does not close", e);
    }
  }
}
