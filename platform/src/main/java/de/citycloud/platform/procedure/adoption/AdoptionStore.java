package de.citycloud.platform.procedure.adoption;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.ResolvedProcedure.OfficeInfo;
import de.citycloud.platform.procedure.adoption.Adoption.Activation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the current municipality: what is adopted, what is in use, what is set. */
@Component
class AdoptionStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  AdoptionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Adoption> listAll() {
    return jdbc
        .sql("select key, origin_id, chosen, office::text, adopted_at, told from procedure_adoption order by key")
        .query((row, number) -> new Adoption(row.getString(1), row.getObject(2, Long.class), row.getString(3),
            JSON.readValue(row.getString(4), OfficeInfo.class), row.getObject(5, OffsetDateTime.class).toInstant(),
            row.getString(6)))
        .list();
  }

  Optional<Adoption> find(String key) {
    return listAll().stream().filter(each -> each.key().equals(key)).findFirst();
  }

  /** Newest first. */
  List<Activation> activations() {
    return jdbc.sql("select id, key, digest, active_from from procedure_activation order by active_from desc, id desc")
        .query((row, number) -> new Activation(row.getLong(1), row.getString(2), row.getString(3),
            row.getObject(4, OffsetDateTime.class).toInstant()))
        .list();
  }

  /** A setting and the procedure it belongs to. */
  record OfProcedure(String key, Setting setting) {}

  List<OfProcedure> settings() {
    return jdbc
        .sql("""
             select key, kind, name, valid_from, value::text, legal_source, recorded_at from procedure_setting
             order by recorded_at, id
             """)
        .query((row, number) -> new OfProcedure(row.getString(1),
            new Setting(Setting.Kind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)), row.getString(3),
                row.getObject(4, LocalDate.class), json(row.getString(5)), row.getString(6),
                row.getObject(7, OffsetDateTime.class).toInstant())))
        .list();
  }

  private static @Nullable JsonNode json(@Nullable String text) {
    return text == null ? null : JSON.readTree(text);
  }

  List<Setting> settingsOf(String key) {
    return settings().stream().filter(each -> each.key.equals(key)).map(OfProcedure::setting).toList();
  }

  /** Others who change the same procedure wait until this transaction ends. */
  void lock(String key) {
    jdbc.sql("select key from procedure_adoption where key = ? for update").param(key).query(String.class).optional();
  }

  /** False if it is adopted already. */
  boolean add(String key, @Nullable Long originId, String chosen, OfficeInfo office) {
    return jdbc.sql("""
                    insert into procedure_adoption (municipality_id, key, origin_id, chosen, office)
                    values (?, ?, ?, ?, ?::jsonb) on conflict do nothing
                    """).param(CurrentMunicipality.get().id()).param(key).param(originId).param(chosen)
        .param(JSON.writeValueAsString(office)).update() > 0;
  }

  void choose(String key, String digest) {
    jdbc.sql("update procedure_adoption set chosen = ? where key = ?").params(digest, key).update();
  }

  /** What the origin knows now. */
  void told(String key, @Nullable String digest) {
    jdbc.sql("update procedure_adoption set told = ? where key = ?").param(digest).param(key).update();
  }

  /** The version in use at {@code now}; empty if none is. */
  Optional<String> running(String key, Instant now) {
    return activations().stream().filter(each -> each.key().equals(key) && !each.from().isAfter(now)).findFirst()
        .map(Activation::digest);
  }

  /** Takes back all that has not begun; how many. */
  int cancelPlanned(String key, Instant now) {
    return jdbc.sql("delete from procedure_activation where key = ? and active_from > ?").param(key)
        .param(now.atOffset(ZoneOffset.UTC)).update();
  }

  void office(String key, OfficeInfo office) {
    jdbc.sql("update procedure_adoption set office = ?::jsonb where key = ?")
        .params(JSON.writeValueAsString(office), key).update();
  }

  void add(String key, Setting setting) {
    jdbc.sql("""
             insert into procedure_setting
               (municipality_id, key, kind, name, valid_from, value, legal_source, recorded_at)
             values (?, ?, ?, ?, ?, ?::jsonb, ?, ?)
             """).param(CurrentMunicipality.get().id()).param(key).param(setting.kind().inStore())
        .param(setting.name()).param(setting.validFrom())
        .param(setting.value() == null ? null : JSON.writeValueAsString(setting.value()))
        .param(setting.legalSource()).param(setting.recordedAt().atOffset(ZoneOffset.UTC)).update();
  }

  /** @throws org.springframework.dao.DuplicateKeyException if another one begins at the same instant */
  long activate(String key, @Nullable String digest, Instant from) {
    return jdbc
        .sql("""
             insert into procedure_activation (municipality_id, key, digest, active_from) values (?, ?, ?, ?)
             returning id
             """).param(CurrentMunicipality.get().id()).param(key).param(digest).param(from.atOffset(ZoneOffset.UTC))
        .query(Long.class).single();
  }

  /** Takes back one that has not begun; false if it has, or is not there. */
  boolean cancel(String key, long id, Instant now) {
    return jdbc.sql("delete from procedure_activation where key = ? and id = ? and active_from > ?").param(key)
        .param(id)
        .param(now.atOffset(ZoneOffset.UTC)).update() > 0;
  }
}
