package de.citycloud.benchmarks.procedures;

import de.citycloud.benchmarks.hub.Load;
import de.citycloud.benchmarks.hub.Load.Figure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What the benchmark puts into the store beside the program, and what raw PostgreSQL does on the same server. */
final class TownUnderLoad {
  private static final String TOWN = "(select id from municipality where slug = 'ludwigsburg')";

  private final String url;
  private final String password;

  TownUnderLoad(int port, String password) {
    this.url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    this.password = password;
  }

  /** Accounts {@code worker0} … with the password of {@code like}, in every office. */
  void addCaseworkers(int number, String like) throws SQLException {
    execute("""
            insert into account (municipality_id, name, password_hash)
            select municipality_id, 'worker' || i, password_hash from account, generate_series(0, %d) i
            where municipality_id = %s and name = '%s'
            """.formatted(number - 1, TOWN, like), """
                                                   insert into account_role (municipality_id, account_id, role)
                                                   select municipality_id, id, 'caseworker' from account
                                                   where municipality_id = %s and name like 'worker%%'
                                                   """.formatted(TOWN),
        """
        insert into office_member (municipality_id, office, account)
        select a.municipality_id, o.key, a.id from account a
        join office o on o.municipality_id = a.municipality_id
        where a.municipality_id = %s and a.name like 'worker%%'
        """.formatted(TOWN));
  }

  /** Open cases of the office that has the newest one, with a task each; every fifth belongs to one of the caseworkers. */
  void addOpenCases(int number) throws SQLException {
    execute(
        """
        insert into case_file (municipality_id, reference, person, submission, activation, procedure, procedure_de,
          procedure_en, state, state_since, received_at, archive, channel, language, office, assignee, due_on, fee, payment,
          code_hash, application)
        select like_this.municipality_id, '2025-' || c || '-' || d, 'case:bench-' || i, gen_random_uuid(), activation,
          procedure, procedure_de, procedure_en, 'IN_REVIEW', now(), now() - i * interval '1 minute', archive, channel,
          language, office, case when i %% 5 = 0 then workers.ids[1 + i / 5 %% cardinality(workers.ids)] end,
          current_date + (i %% 90)::int, 0, 'NONE', decode(repeat('00', 32), 'hex'), '\\x00'
        from (select i, translate(upper(lpad(to_hex(i %% 65536), 4, '0')), '01', 'XY') as d,
            translate(upper(lpad(to_hex(i / 65536), 4, '0')), '01', 'XY') as c from generate_series(1, %d) i) n,
          (select array_agg(id) ids from account where municipality_id = %s and name like 'worker%%') workers,
          (select * from case_file where municipality_id = %s order by id desc limit 1) like_this
        """
            .formatted(number, TOWN, TOWN),
        """
        insert into case_task (municipality_id, case_id, node, kind, name_de, name_en, office, elsewhere, engine_task, since, due_on)
        select municipality_id, id, 'review', 'REVIEW', 'Prüfen', 'Review', office, false, id::text, now(), due_on
        from case_file where person like 'case:bench-%'
        """,
        "analyze case_file", "analyze case_task");
  }

  /** Whole cases that are closed by now. */
  long closedCases() throws SQLException {
    try (var connection = open();
        var statement = connection.createStatement();
        var rows = statement
            .executeQuery("select count(*) from case_file where state = 'CLOSED' and outcome = 'GRANTED'")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Units of {@code commits} commits with {@code rows} rows of 300 B each, and one document of {@code bytes}. */
  Figure yardstick(int clients, int commits, int rows, int bytes, int seconds) throws Exception {
    execute("drop table if exists yardstick",
        "create table yardstick (id bigint generated always as identity primary key, "
            + "at timestamptz not null default now(), words bytea not null)");
    var figure = Load.run(clients, 2, seconds, client -> {
      var connection = open();
      connection.setAutoCommit(false);
      var insert = connection.prepareStatement("insert into yardstick (words) values (?)");
      var random = new java.util.Random(client);
      return new Load.Client() {
        @Override
        public int call() throws SQLException {
          for (int commit = 0; commit < commits; commit++) {
            for (int row = 0; row < rows; row++) {
              add(300);
            }
            if (commit == 0) {
              add(bytes);
            }
            connection.commit();
          }
          return 1;
        }

        private void add(int length) throws SQLException {
          var words = new byte[length];
          random.nextBytes(words);
          insert.setBytes(1, words);
          insert.executeUpdate();
        }

        @Override
        public void close() throws SQLException {
          connection.close();
        }
      };
    });
    execute("drop table yardstick");
    return figure;
  }

  private void execute(String... statements) throws SQLException {
    try (var connection = open(); var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url, "postgres", password);
  }
}
