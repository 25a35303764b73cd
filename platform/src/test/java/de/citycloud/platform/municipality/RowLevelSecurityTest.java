package de.citycloud.platform.municipality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.citycloud.platform.CityTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class RowLevelSecurityTest extends CityTest {
  /** Tables that hold nothing of one municipality, each with its reason. */
  private static final List<String> EXEMPT = List.of("municipality", // the list of all, public
      "rate_limit", // counts by a keyed hash, of no municipality
      "scheduled_tasks", // when which job runs, of the whole program
      "flyway_schema_history"); // migrations

  @Autowired
  private JdbcClient jdbc;
  @Autowired
  private Municipalities municipalities;

  @Test
  void everyTableStandsBehindTheWallUnlessExempt() {
    var open = jdbc.sql("""
                        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = 'public' and c.relkind in ('r', 'p')
                          and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid))
                        """).query(String.class).list();
    assertThat(open).isSubsetOf(EXEMPT);
  }

  @Test
  void everyColumnSaysWhetherItIsPersonal() {
    var unsaid = jdbc
        .sql("""
             select c.relname || '.' || a.attname from pg_attribute a
             join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0
               and not a.attisdropped and c.relname <> 'flyway_schema_history'
               and coalesce(col_description(c.oid, a.attnum), '') !~ '^(not personal|personal: .+; .+; .+)$'
             """).query(String.class).list();
    assertThat(unsaid).isEmpty();
  }

  @Test
  void aMunicipalitySeesOnlyItsOwnRowsAndWritesOnlyItsOwn() {
    var here = municipalities.ensure("wall-here", "Hier", 9, 48, false);
    var there = municipalities.ensure("wall-there", "Dort", 9, 48, false);
    CurrentMunicipality.run(here, () -> insertThing(here.id()));

    assertThat(CurrentMunicipality.call(here, this::countThings)).isOne();
    assertThat(CurrentMunicipality.call(there, this::countThings)).isZero();
    assertThat(countThings()).as("outside of any municipality").isZero();
    assertThatThrownBy(() -> CurrentMunicipality.run(there, () -> insertThing(here.id())))
        .isInstanceOf(DataAccessException.class).rootCause().hasMessageContaining("row-level security");
  }

  private void insertThing(int municipality) {
    jdbc.sql("insert into thing (municipality_id, name, description) values (?, 'Pegel', 'am Neckar')")
        .param(municipality).update();
  }

  private int countThings() {
    return jdbc.sql("select count(*) from thing").query(Integer.class).single();
  }
}
