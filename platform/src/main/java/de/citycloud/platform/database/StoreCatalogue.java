package de.citycloud.platform.database;

import de.citycloud.platform.database.BackupManifest.Partition;
import de.citycloud.platform.database.BackupManifest.Sequence;
import de.citycloud.platform.database.BackupManifest.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What PostgreSQL says about the structure of the store; all names come quoted, ready to stand in a statement. */
class StoreCatalogue {
  /**
   * Everything of ours: no system schema, no temporary tables, not the list of migrations (they make it themselves), not
   * the key store (it has a backup of its own, so that an erased person stays erased in this one).
   */
  private static final String OURS = """
                                     n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'keystore')
                                     and c.relpersistence <> 't'
                                     and c.relname <> 'flyway_schema_history'
                                     """;

  private final Connection connection;

  StoreCatalogue(Connection connection) {
    this.connection = connection;
  }

  /** Versions of the applied migrations in order; empty if the store is fresh. */
  List<String> migrations() throws SQLException {
    if (query("select to_regclass('public.flyway_schema_history') is not null", row -> row.getBoolean(1)).getFirst()) {
      return query("select version from public.flyway_schema_history where success and version is not null "
          + "order by installed_rank", row -> row.getString(1));
    }
    return List.of();
  }

  /** Tables with rows of their own, each after the ones it refers to; counts and sums still empty. */
  List<Table> tables() throws SQLException {
    var columns = new LinkedHashMap<String, List<String>>();
    query("""
          select quote_ident(n.nspname) || '.' || quote_ident(c.relname), quote_ident(a.attname)
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
          where c.relkind = 'r' and %s order by n.nspname, c.relname, a.attnum
          """.formatted(OURS), row -> columns.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
        .add(row.getString(2)));
    var tables = new ArrayList<Table>();
    for (var name : referredFirst(columns.keySet())) {
      tables.add(new Table(name, List.copyOf(columns.getOrDefault(name, List.of())), 0, ""));
    }
    return tables;
  }

  /** Parts of partitioned tables, parents first. */
  List<Partition> partitions() throws SQLException {
    return query(
        """
        with recursive part as (
          select i.inhrelid as id, i.inhparent as parent, 1 as depth from pg_inherits i
            join pg_class p on p.oid = i.inhparent where p.relkind = 'p' and not p.relispartition
          union all
          select i.inhrelid, i.inhparent, depth + 1 from pg_inherits i join part on part.id = i.inhparent)
        select quote_ident(n.nspname) || '.' || quote_ident(c.relname), quote_ident(pn.nspname) || '.' || quote_ident(p.relname),
          pg_get_expr(c.relpartbound, c.oid), case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
          c.relrowsecurity
        from part join pg_class c on c.oid = part.id join pg_namespace n on n.oid = c.relnamespace
          join pg_class p on p.oid = part.parent join pg_namespace pn on pn.oid = p.relnamespace
        where c.relkind in ('r', 'p') and %s order by depth, 1
        """.formatted(
            OURS),
        row -> new Partition(row.getString(1), row.getString(2), row.getString(3),
            row.getString(4), row.getBoolean(5)));
  }

  /** Where each sequence stands. */
  List<Sequence> sequences() throws SQLException {
    var sequences = new ArrayList<Sequence>();
    for (var name : query("""
                          select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c
                          join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and %s order by 1
                          """.formatted(OURS), row -> row.getString(1))) {
      sequences.addAll(query("select last_value, is_called from " + name,
          row -> new Sequence(name, row.getLong(1), row.getBoolean(2))));
    }
    return sequences;
  }

  private List<String> referredFirst(Set<String> tables) throws SQLException {
    record Reference(String from, String to) {}
    var references = query(
        """
        select distinct quote_ident(n.nspname) || '.' || quote_ident(c.relname),
          quote_ident(rn.nspname) || '.' || quote_ident(r.relname)
        from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
          join pg_class r on r.oid = k.confrelid join pg_namespace rn on rn.oid = r.relnamespace
        where k.contype = 'f' and k.conrelid <> k.confrelid
        """, row -> new Reference(row.getString(1), row.getString(2)));
    var waiting = new LinkedHashMap<String, Set<String>>();
    tables.forEach(table -> waiting.put(table, new LinkedHashSet<>()));
    references.stream().filter(reference -> tables.contains(reference.to))
        .forEach(reference -> waiting.computeIfPresent(reference.from, (from, to) -> {
          to.add(reference.to);
          return to;
        }));
    var ordered = new LinkedHashSet<String>();
    while (!waiting.isEmpty()) {
      var ready = waiting.entrySet().stream().filter(entry -> ordered.containsAll(entry.getValue()))
          .map(Map.Entry::getKey).toList();
      if (ready.isEmpty()) {
        throw new IllegalStateException("The tables %s refer to each other in a circle.".formatted(waiting.keySet()));
      }
      ordered.addAll(ready);
      waiting.keySet().removeAll(ready);
    }
    return List.copyOf(ordered);
  }

  private <T> List<T> query(String sql, RowReader<T> reader) throws SQLException {
    try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
      var all = new ArrayList<T>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    }
  }

  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
